// How the phone speaks with the house: four questions, and what each answer can mean.

export class SignIn extends Error {} // nobody is signed in any more
export class Away extends Error {} // no network, or the house does not answer as itself: later
export class NotMine extends Error {} // the house answers, and says no: { code, message }

const PATIENCE = 30_000;
const LATER = new Set([408, 425, 429]);

export class House {
  constructor({ root = "/fieldwork/", ask = (...all) => fetch(...all), patience = PATIENCE } = {}) {
    Object.assign(this, { root, ask, patience, csrf: "", drift: null, person: null });
  }

  async call(path, { method = "GET", headers = {}, body } = {}) {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), this.patience);
    let answer;
    try {
      answer = await this.ask(this.root + path, { method, headers, body, credentials: "same-origin", cache: "no-store", redirect: "manual", signal: stop.signal });
    } catch (error) {
      throw new Away(String(error));
    } finally {
      clearTimeout(late);
    }
    const gone = answer.type === "opaqueredirect" || answer.status === 401;
    if (!gone && answer.status < 500 && !LATER.has(answer.status)) return answer;
    answer.body?.cancel().catch(() => {}); // what nobody reads would hold the line
    throw gone ? new SignIn() : new Away(`status ${answer.status}`);
  }

  // Only the house's own JSON is an answer: a hotel's welcome page with status 200 is none.
  async json(answer) {
    try {
      if (!/json/.test(answer.headers.get("Content-Type") ?? "")) throw new Error("no JSON");
      return await answer.json();
    } catch (error) {
      throw new Away(String(error));
    }
  }

  async mine(etag) {
    const answer = await this.call("mine.json", { headers: etag && this.csrf ? { "If-None-Match": etag } : {} });
    if (answer.status === 304) return { body: null, etag };
    const body = await this.json(answer);
    if (body.csrf) this.csrf = body.csrf;
    if (answer.status !== 200) throw Object.assign(new NotMine(body.message), body);
    this.drift = body.server_time ? Math.round((Date.now() - Date.parse(body.server_time)) / 1000) : null;
    return { body, etag: answer.headers.get("ETag") };
  }

  // Sends with the token of the present session; a token of the session before is exchanged once.
  async post(path, { method, headers, body }) {
    const send = () => this.call(path, { method, headers: { ...headers, "X-CSRFToken": this.csrf }, body });
    const answer = await send();
    if (answer.status !== 403 || answer.headers.get("X-Refusal") !== "stale-form") return answer;
    await this.mine(null).catch((error) => {
      if (!(error instanceof NotMine)) throw error;
    });
    return send();
  }

  async sync(message) {
    const answer = await this.post("sync/", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message) });
    const body = await this.json(answer);
    if (answer.status !== 200) throw Object.assign(new NotMine(body.message), body);
    return body.receipts;
  }

  // Where a photo lies; one that is handed in for somebody else says for whom.
  at(photo) {
    return `photos/${photo.digest}/${this.person === null ? "" : `?person=${this.person}`}`;
  }

  // How many bytes of a photo the house has.
  async offset(photo) {
    const answer = await this.call(this.at(photo), { method: "HEAD" });
    return answer.status === 404 ? 0 : Number(answer.headers.get("Upload-Offset") ?? 0);
  }

  // A piece of a photo: { offset } says how far it is, { refused } that the house will not have it.
  async send(photo, at, bytes) {
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(at), "Upload-Length": String(photo.size) };
    const answer = await this.post(this.at(photo), { method: "PATCH", headers, body: bytes });
    if (answer.ok) return { offset: Number(answer.headers.get("Upload-Offset")) };
    const { code, message, offset } = await this.json(answer);
    return answer.status === 409 ? { offset } : { refused: { code, message } };
  }
}
