// Keys and what is done with them, as worker/src/secrets.rs does it, by Web Crypto.

const encoder = new TextEncoder();
const MACS = ["idempotency key", "application body", "contact limit", "student identity", "private link"];

const hex = (bytes) => new Uint8Array(bytes).toHex();
const base64url = (bytes) => new Uint8Array(bytes).toBase64({ alphabet: "base64url", omitPadding: true });

/** What is stored of a private link's secret. */
export async function digest(token) {
  return hex(await crypto.subtle.digest("SHA-256", encoder.encode(token)));
}

/** The parts, each with its length before it, so that no two lists of parts look alike. */
function framed(parts) {
  const encoded = parts.map((part) => encoder.encode(part));
  const whole = new Uint8Array(encoded.reduce((sum, bytes) => sum + 8 + bytes.length, 0));
  const view = new DataView(whole.buffer);
  let at = 0;
  for (const bytes of encoded) {
    view.setUint32(at + 4, bytes.length);
    whole.set(bytes, at + 8);
    at += 8 + bytes.length;
  }
  return whole;
}

export class Secrets {
  /** Derives all keys from the master key (HKDF-SHA-256). */
  static async from(master) {
    const source = await crypto.subtle.importKey("raw", Uint8Array.fromBase64(master.trim()), "HKDF", false, ["deriveBits"]);
    const derive = (purpose) =>
      crypto.subtle.deriveBits(
        { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode(purpose) },
        source,
        256,
      );
    const secrets = new Secrets();
    secrets.keys = {};
    for (const purpose of MACS) {
      const key = { name: "HMAC", hash: "SHA-256" };
      secrets.keys[purpose] = await crypto.subtle.importKey("raw", await derive(purpose), key, false, ["sign"]);
    }
    // PKCS #8 around the 32 bytes (RFC 8410).
    const wrapped = [...Uint8Array.fromHex("302e020100300506032b657004220420"), ...new Uint8Array(await derive("receipt signature"))];
    secrets.signing = await crypto.subtle.importKey("pkcs8", new Uint8Array(wrapped), "Ed25519", true, ["sign"]);
    const { x } = await crypto.subtle.exportKey("jwk", secrets.signing);
    secrets.head = base64url(encoder.encode(`{"alg":"EdDSA","kid":"${(await digest(x)).slice(0, 16)}"}`));
    return secrets;
  }

  /** A keyed hash (HMAC-SHA-256) in hexadecimal digits. */
  async mac(purpose, parts) {
    return hex(await crypto.subtle.sign("HMAC", this.keys[purpose], framed(parts)));
  }

  /** The secret of an application's private link: 160 bits. */
  async linkToken(application) {
    const full = await crypto.subtle.sign("HMAC", this.keys["private link"], framed([application]));
    return base64url(full.slice(0, 20));
  }

  /** A signed receipt: JWS compact form, EdDSA. */
  async sign(claims) {
    const text = `${this.head}.${base64url(encoder.encode(JSON.stringify(claims)))}`;
    return `${text}.${base64url(await crypto.subtle.sign("Ed25519", this.signing, encoder.encode(text)))}`;
  }
}
