// A photo is made small on the phone, and only its pixels stay: where and with what it was taken is not in it any more.

import { digestOf } from "./digest.js";

const LONGEST = 1600;
const QUALITY = 0.8;

export class NoPhoto extends Error {}

export async function taken(file, now = Date.now()) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new NoPhoto();
  }
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) throw new NoPhoto();
  const bytes = await blob.arrayBuffer();
  const age = file.lastModified ? Math.max(0, Math.round((now - file.lastModified) / 1000)) : null;
  return { digest: await digestOf(bytes), size: bytes.byteLength, type: "image/jpeg", bytes, age };
}

// A small picture of a photo: drawn, since the page's policy lets no picture in from elsewhere.
export async function thumbnail(photo, side = 96) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  try {
    const picture = await createImageBitmap(new Blob([photo.bytes], { type: photo.type }));
    const scale = Math.max(side / picture.width, side / picture.height);
    const [wide, high] = [picture.width * scale, picture.height * scale];
    canvas.getContext("2d").drawImage(picture, (side - wide) / 2, (side - high) / 2, wide, high);
    picture.close();
  } catch {
    // stays empty; the words beside it say what it is
  }
  return canvas;
}
