// The same write as the Rust Worker's `POST /api/applications`, as one would write it in plain JavaScript: what `cargo xtask bench
// peers` measures the Rust Worker against, on the same runtime with the same bindings.
//
// The SQL texts are the Rust Worker's own: the bench overhears them and hands them over as `STATEMENTS`, so they can't drift; the
// parameters are bound here. It reads the form, checks it (`form.mjs`), asks the rate limit, derives and hashes (`secrets.mjs`),
// stores everything in one batch and answers with signed receipts. Two things that the bench's families don't use are refused
// rather than half done: brothers and sisters, and the identification number.
import { check, localDay } from "./form.mjs";
import { Secrets, digest } from "./secrets.mjs";

const BODY_MAX = 64 * 1024;
const CATALOGUE_KEPT_MS = 10_000;
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// What the isolate keeps between requests.
let secrets = null;
let kept = null;
let plan = null;

class Refusal extends Error {
  constructor(status, code, faults = []) {
    super(code);
    this.status = status;
    this.faults = faults;
  }
}

export default {
  async fetch(request, env) {
    const route = `${request.method} ${new URL(request.url).pathname}`;
    try {
      if (route === "POST /api/applications") return await apply(request, env);
      if (route === "GET /api/catalogue") return answer(200, await catalogue(env, Date.now()));
      throw new Refusal(404, "not_found");
    } catch (error) {
      if (error instanceof Refusal) return answer(error.status, { error: { code: error.message, faults: error.faults } });
      console.error(error);
      return answer(500, { error: { code: "internal" } });
    }
  },
};

async function apply(request, env) {
  if (isCrossSite(request.headers)) throw new Refusal(403, "cross_site");
  const key = request.headers.get("idempotency-key") ?? "";
  if (!/^[A-Za-z0-9_-]{16,64}$/.test(key)) throw new Refusal(400, "idempotency_key_malformed");
  const form = await read(request);
  secrets ??= await Secrets.from(env.MASTER_KEY);
  const [keyDigest, bodyDigest] = await Promise.all([
    secrets.mac("idempotency key", [key]),
    secrets.mac("application body", [JSON.stringify(form)]),
  ]);
  let status = 201;
  let decision;
  try {
    decision = await decide(form, keyDigest, bodyDigest, request, env);
  } catch (error) {
    // Whatever stands against the application now, one that was accepted before is answered as then.
    const [before] = await env.DB.batch([env.DB.prepare(env.STATEMENTS.decided_before).bind(keyDigest)]);
    if (before.results.length === 0) throw error;
    decision = JSON.parse(only(before));
    if (decision.body_digest !== bodyDigest) throw new Refusal(422, "idempotency_key_reused");
    status = 200;
  }
  const token = await secrets.linkToken(decision.application_id);
  const registrations = await Promise.all(
    decision.registrations.map(async ({ registration, intake, cohort, entry, state, position, decided_at }) => ({
      registration,
      cohort,
      state,
      position,
      receipt: await secrets.sign({ reference: decision.reference, intake, cohort, entry, state, position, decided_at }),
    })),
  );
  const { reference, decided_at } = decision;
  return answer(status, { reference, decided_at, token, registrations, warnings: [] });
}

async function read(request) {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) throw new Refusal(415, "not_json");
  const text = await request.text();
  if (text.length > BODY_MAX) throw new Refusal(413, "body_too_large");
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "broken_json");
  }
}

function isCrossSite(headers) {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const origin = headers.get("origin");
  return origin !== null && origin.split("://")[1] !== headers.get("host");
}

async function decide(form, keyDigest, bodyDigest, request, env) {
  const now = Date.now();
  const shown = await catalogue(env, now);
  if (now < shown.intake.opens_at) throw new Refusal(409, "intake_not_open_yet");
  if (now >= shown.intake.closes_at) throw new Refusal(409, "intake_closed");
  const { application, faults } = check(form, shown, now);
  if (faults.length > 0) throw new Refusal(400, "invalid_application", faults);

  const { student, guardians } = application;
  const address = request.headers.get("cf-connecting-ip") ?? request.headers.get("x-real-ip") ?? "";
  const contact = await secrets.mac("contact limit", [application.cohort, guardians[0].phone, address]);
  if (!(await env.APPLICATIONS_LIMIT.limit({ key: contact })).success) throw new Refusal(429, "too_many_requests");

  const [id, studentId, registration] = [ulid(now), ulid(now), ulid(now)];
  const [linkDigest, ...identities] = await Promise.all([
    secrets.linkToken(id).then(digest),
    ...guardians.map(({ phone }) =>
      secrets.mac("student identity", ["person", folded(student.surname), folded(student.given_name), student.born_on, phone]),
    ),
  ]);
  const { cohort, tracks, consent, language } = application;
  const givenBy = guardians[0].relation === "self" ? "student" : "guardian";
  const consents = consent.purposes.map((purpose) => ({ student: studentId, purpose, given_by: givenBy }));
  if (application.accepts && givenBy !== "student") {
    consents.push({ student: studentId, purpose: consent.purposes[0], given_by: "student" });
  }
  // By the table each statement fills; the one that only reads is the decision.
  const parameters = {
    applications: [
      id, keyDigest, bodyDigest, reference(), linkDigest, language, application.filled_by, application.take_at_once ? 1 : 0, now,
    ],
    students: [id, JSON.stringify([{ id: studentId, ...student, iin_sealed: null, search: searchable(student) }])],
    student_identities: [shown.intake.id, JSON.stringify(identities.map((digest) => ({ student: studentId, digest })))],
    guardians: [id, JSON.stringify(guardians)],
    registrations: [JSON.stringify([{ registration, student: studentId, cohort, before: 0 }]), now, null, "family", localDay(now)],
    registration_tracks: [JSON.stringify(tracks.map((track, place) => ({ registration, place: place + 1, cohort, track })))],
    consents: [consent.version, language, now, JSON.stringify(consents)],
    turns: [now, JSON.stringify([cohort])],
    decision: [id],
  };
  plan ??= env.STATEMENTS.application.map((text) => ({ text, table: /^\s*INSERT INTO (\w+)/.exec(text)?.[1] ?? "decision" }));
  const results = await env.DB.batch(
    plan.map(({ text, table }) => {
      if (parameters[table] === undefined) throw new Error(`the Rust Worker fills ${table}: tests/peers doesn't know how`);
      return env.DB.prepare(text).bind(...parameters[table]);
    }),
  );
  return JSON.parse(only(results.at(-1)));
}

/** The first column of the first row. */
function only(result) {
  return Object.values(result.results[0])[0];
}

/** The catalogue, read anew every ten seconds by one request while others use the old one. */
async function catalogue(env, now) {
  if (kept !== null && now - kept.at >= 0 && now - kept.at < CATALOGUE_KEPT_MS) return kept.value;
  if (kept !== null) kept.at = now;
  const [found] = await env.DB.batch([env.DB.prepare(env.STATEMENTS.catalogue).bind(now, localDay(now))]);
  // Beside it comes what first sessions follow from; no answer is checked by them.
  kept = { at: now, value: JSON.parse(only(found)).catalogue };
  return kept.value;
}

/** An identifier that grows with time. */
function ulid(at) {
  let time = "";
  for (let rest = at, place = 0; place < 10; place++, rest = Math.floor(rest / 32)) time = CROCKFORD[rest % 32] + time;
  return crypto.getRandomValues(new Uint8Array(16)).reduce((text, byte) => text + CROCKFORD[byte % 32], time);
}

/** A reference number: seven random characters and one that checks them. */
function reference() {
  const values = [...crypto.getRandomValues(new Uint8Array(7))].map((byte) => byte % 32);
  const sum = values.reduce((sum, value, place) => sum + (2 * place + 1) * value, 0);
  const text = [...values, sum % 31].map((value) => CROCKFORD[value]).join("");
  return `TM-${text.slice(0, 4)}-${text.slice(4)}`;
}

// The letters of the Russian keyboard that people type for others.
const PLAIN = Object.fromEntries(Array.from("қкғгәаөоұуүуңніиһхёеaаbвcсeеhнkкmмoоpрtтxхyу".matchAll(/(.)(.)/gu), ([, from, to]) => [from, to]));

/** The form in which two spellings of one name are equal. */
function folded(name) {
  const letters = name.normalize("NFC").toLowerCase().replace(/[^\p{Alphabetic}]/gu, "");
  return letters.replace(/[қғәөұүңіһёabcehkmoptxy]/g, (letter) => PLAIN[letter]);
}

/** The text in which staff search for a student. */
function searchable({ surname, given_name, patronymic }) {
  return [surname, given_name, patronymic ?? ""].map(folded).filter((part) => part !== "").join(" ");
}

function answer(status, body) {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "strict-transport-security": "max-age=31536000",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
      date: new Date().toUTCString(),
    },
  });
}
