// Where the phone is, while a check is written and at no other time.

const PATIENCE = 15_000;

// Listens until told to stop; tells the best place so far, or why there is none: denied, none, late, unable.
export function listen(told) {
  if (!navigator.geolocation || !window.isSecureContext) {
    told({ place: null, why: "unable" });
    return () => {};
  }
  let best = null;
  const found = ({ coords, timestamp }) => {
    if (best && coords.accuracy > best.place.accuracy && timestamp - best.at < 60_000) return;
    const place = { lon: Math.round(coords.longitude * 1e6), lat: Math.round(coords.latitude * 1e6), accuracy: Math.round(coords.accuracy) };
    best = { place, at: timestamp, why: "" };
    told(best);
  };
  const not = ({ code }) => best || told({ place: null, why: { 1: "denied", 2: "none", 3: "late" }[code] ?? "none" });
  const watch = navigator.geolocation.watchPosition(found, not, { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 30_000 });
  return () => navigator.geolocation.clearWatch(watch);
}

export function once() {
  return new Promise((done) => {
    const stop = listen((found) => {
      setTimeout(() => stop(), 0);
      done(found.place);
    });
  });
}

// Metres between two places of whole millionths of a degree.
export function metres(one, other) {
  const rad = Math.PI / 180 / 1e6;
  const half = (angle) => Math.sin(angle / 2) ** 2;
  const h = half((other.lat - one.lat) * rad) + Math.cos(one.lat * rad) * Math.cos(other.lat * rad) * half((other.lon - one.lon) * rad);
  return Math.round(2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(h))));
}
