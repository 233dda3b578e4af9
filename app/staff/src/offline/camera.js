// Reads QR codes by the camera: with the browser's own reader where there is one, otherwise with ours, loaded only then.

/** How often a frame is looked at, in milliseconds. */
const EVERY = 150;

/** The width to which a frame is scaled down before ours looks at it: enough for a receipt that fills a third of it. */
const WIDTH = 800;

async function ownReader(script, wasm) {
  const reader = await import(script);
  await reader.default({ module_or_path: wasm });
  const canvas = document.createElement("canvas");
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  return (video) => {
    const scale = Math.min(1, WIDTH / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height);
    return reader.read(data, canvas.width, canvas.height);
  };
}

async function builtIn() {
  try {
    const formats = await BarcodeDetector.getSupportedFormats();
    return formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : undefined;
  } catch (_) {
    // Most browsers have none.
    return undefined;
  }
}

async function reader(script, wasm) {
  const detector = await builtIn();
  if (!detector) return ownReader(script, wasm);
  return async (video) => ((await detector.detect(video))[0] || {}).rawValue;
}

/** Keeps our reader where the browser has none, so that it is there without network; the service worker finds it. */
export async function prepare(script, wasm) {
  if (await builtIn()) return;
  const kept = await caches.open("staff-scan");
  const addresses = [script, wasm].map((path) => new URL(path, location.href).href);
  const there = (await kept.keys()).map((request) => request.url);
  // Those of an earlier version go.
  await Promise.all(there.filter((address) => !addresses.includes(address)).map((address) => kept.delete(address)));
  await kept.addAll(addresses.filter((address) => !there.includes(address)));
}

/**
 * Shows the camera in `video` and tells `found` each code it sees. Answers a function that ends it; fails with the browser's reason
 * when there is no camera, or none is allowed.
 */
export async function watch(video, script, wasm, found) {
  const wanted = { video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false };
  const stream = await navigator.mediaDevices.getUserMedia(wanted);
  let over = false;
  const end = () => {
    over = true;
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
  try {
    video.srcObject = stream;
    await video.play();
    const read = await reader(script, wasm);
    const look = async () => {
      if (over) return;
      try {
        const text = video.videoWidth ? await read(video) : undefined;
        if (text && !over) found(text);
      } catch (_) {
        // One bad frame is not the end.
      }
      setTimeout(look, EVERY);
    };
    look();
  } catch (error) {
    end();
    throw error;
  }
  return end;
}

let sound;

/** A short tone and a jolt: high for yes, low and twice for no. Without sound or motor it is silent. */
export function signal(good) {
  try {
    navigator.vibrate && navigator.vibrate(good ? 80 : [120, 80, 120]);
    sound = sound || new AudioContext();
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    tone.frequency.value = good ? 1046 : 220;
    volume.gain.setValueAtTime(0.2, sound.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + (good ? 0.15 : 0.4));
    tone.connect(volume).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + (good ? 0.15 : 0.4));
  } catch (_) {
    // The words on the screen say the same.
  }
}

/** Whether the signature of a receipt is right, by a JWK: "right", "wrong", or "unknown" where the browser can't check it. */
export async function verify(receipt, jwk) {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  let key;
  try {
    key = await crypto.subtle.importKey("jwk", { kty: "OKP", crv: "Ed25519", x: JSON.parse(jwk).x }, { name: "Ed25519" }, false, ["verify"]);
  } catch (_) {
    return "unknown";
  }
  try {
    const end = receipt.lastIndexOf(".");
    const signed = new TextEncoder().encode(receipt.slice(0, end));
    return (await crypto.subtle.verify({ name: "Ed25519" }, key, bytes(receipt.slice(end + 1)), signed)) ? "right" : "wrong";
  } catch (_) {
    return "wrong";
  }
}
