// The checks of domain/src/application.rs for one student: what is stored, or the list of faults.

const ZONE_OFFSET_MS = 5 * 60 * 60 * 1000;
const TYPED_MAX = 40;

const RELATIONS = ["mother", "father", "representative", "self"];
const NAME = /^[\p{Alphabetic}\u0300-\u036f\-' ’ʼ.]{1,60}$/u;
const LINE = /^[^\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]{0,120}$/u;
const EMAIL = /^[^\s@.-][^\s@]{0,63}@([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/** Every answer that the form may hold; an unknown one is refused, so that a misspelt optional answer can't get lost. */
const FORM = new Set([
  "language", "filled_by", "centre", "tracks", "cohort", "student", "siblings", "together", "take_at_once", "guardian",
  "second_guardian", "consent",
]);

const spaced = (text) => text.trim().split(/\s+/).join(" ");
const text = (value) => (typeof value === "string" ? value : "");
const list = (value) => (Array.isArray(value) ? value : []);

export function check(form, catalogue, now) {
  const faults = [];
  const fault = (field, code) => {
    faults.push({ field, code });
    return null;
  };
  const choice = (field, value, words) => (words.includes(value) ? value : fault(field, value ? "unknown_choice" : "required"));
  const name = (field, typed, required) => {
    const read = spaced(text(typed));
    if (read === "") return required ? fault(field, "required") : null;
    return NAME.test(read) && /\p{Alphabetic}/u.test(read) ? read : fault(field, "name_characters");
  };
  const line = (field, typed) => {
    const read = spaced(text(typed));
    return LINE.test(read) ? read || null : fault(field, "line_characters");
  };
  for (const field of Object.keys(form)) if (!FORM.has(field)) fault(field, "wrong_type");
  if (list(form.siblings).length > 0) fault("siblings", "unknown_choice");

  const { student = {}, consent = {} } = form;
  if (text(student.iin) !== "") fault("student.iin", "unknown_choice");
  const born = bornOn(student.born_on ?? {}, catalogue, now);
  if (born.code) fault("student.born_on", born.code);

  const cohort = catalogue.cohorts.find(({ id }) => id === form.cohort);
  if (cohort === undefined) fault("cohort", form.cohort ? "unknown_cohort" : "required");
  else if (text(form.centre) !== "" && form.centre !== cohort.centre) fault("cohort", "other_centre");
  const tracks = [...new Set(list(form.tracks))];
  if (tracks.length === 0) fault("tracks", "required");
  if (tracks.length > 3) fault("tracks", "too_many_tracks");
  if (tracks.some((track) => !catalogue.tracks.some(({ id }) => id === track))) fault("tracks", "unknown_choice");
  else if (cohort !== undefined && tracks.some((track) => !cohort.tracks.includes(track))) fault("tracks", "track_not_offered");

  const guardian = (field, typed) => {
    const phone = phoneNumber(text(typed.phone).trim());
    if (phone.code) fault(`${field}.phone`, phone.code);
    const email = text(typed.email).trim();
    if (email !== "" && !(email.length <= 254 && EMAIL.test(email))) fault(`${field}.email`, "email_format");
    return {
      surname: name(`${field}.surname`, typed.surname, true),
      given_name: name(`${field}.given_name`, typed.given_name, true),
      patronymic: name(`${field}.patronymic`, typed.patronymic, false),
      relation: choice(`${field}.relation`, typed.relation, RELATIONS),
      phone: phone.e164,
      phone_typed: text(typed.phone).trim(),
      email: email || null,
    };
  };
  const guardians = [guardian("guardian", form.guardian ?? {})];
  if (form.second_guardian) guardians.push(guardian("second_guardian", form.second_guardian));
  if (guardians[0].relation === "self" && born.age < 18) fault("guardian.relation", "under_age");
  if (guardians[1]?.relation === "self") fault("second_guardian.relation", "unknown_choice");
  if (guardians[1] && guardians[0].phone === guardians[1].phone) fault("second_guardian.phone", "phone_same");

  const wanted = catalogue.consent.purposes;
  const given = list(consent.purposes);
  if (consent.version !== catalogue.consent.version) fault("consent.version", consent.version ? "consent_outdated" : "required");
  else if (given.some((id) => !wanted.some((purpose) => purpose.id === id))) fault("consent.purposes", "unknown_choice");
  else if (wanted.some(({ id, required }) => required && !given.includes(id))) fault("consent.purposes", "consent_needed");
  if (born.age >= 14 && consent.student_accepts !== true) fault("consent.student_accepts", "consent_needed");

  const application = {
    language: choice("language", form.language, ["kk", "ru", "en"]),
    filled_by: choice("filled_by", form.filled_by, ["student", "guardian"]),
    take_at_once: form.take_at_once === true,
    cohort: form.cohort,
    tracks,
    accepts: consent.student_accepts === true,
    student: {
      surname: name("student.surname", student.surname, true),
      given_name: name("student.given_name", student.given_name, true),
      patronymic: name("student.patronymic", student.patronymic, false),
      born_on: born.day,
      school: line("student.school", student.school),
      grade: line("student.grade", student.grade),
    },
    guardians,
    consent: { version: consent.version, purposes: wanted.map(({ id }) => id).filter((id) => given.includes(id)) },
  };
  return { application, faults };
}

/** The day in the cities. */
export const localDay = (now) => new Date(now + ZONE_OFFSET_MS).toISOString().slice(0, 10);

function ageOn(born, day) {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

function bornOn({ year = "", month = "", day = "" }, { intake }, now) {
  const parts = [year, month, day].map((part) => text(part).trim());
  if (parts.every((part) => part === "")) return { code: "required" };
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) return { code: "not_a_date" };
  const [y, m, d] = parts.map(Number);
  const moment = new Date(Date.UTC(y, m - 1, d));
  if (y < 1000 || moment.getUTCMonth() !== m - 1 || moment.getUTCDate() !== d) return { code: "not_a_date" };
  const born = moment.toISOString().slice(0, 10);
  const today = localDay(now);
  if (born > today) return { code: "in_the_future" };
  const then = ageOn(born, intake.first_session_on);
  if (then < intake.min_age) return { code: "too_young" };
  if (then > intake.max_age) return { code: "too_old" };
  return { day: born, age: ageOn(born, today) };
}

/** The usual spellings of one number as `+77011234567`. */
function phoneNumber(typed) {
  if (typed === "") return { code: "required" };
  const international = typed.startsWith("+");
  const rest = international ? typed.slice(1) : typed;
  if (typed.length > TYPED_MAX || !/^[\d\s()./\-\u2011\u2013]*$/.test(rest)) return { code: "phone_characters" };
  const digits = rest.replace(/\D/g, "");
  const slip = international ? /^(7|8(?=7))/ : /^[78]/;
  if (digits.length === 11 && slip.test(digits)) return national(digits.slice(1));
  if (!international) return digits.length === 10 ? national(digits) : { code: "phone_length" };
  if (digits.startsWith("7") || digits.length < 8 || digits.length > 15) return { code: "phone_length" };
  return digits.startsWith("0") ? { code: "phone_prefix" } : { e164: `+${digits}` };
}

function national(digits) {
  return /^(747|7[0125-7]|[3489])/.test(digits) ? { e164: `+7${digits}` } : { code: "phone_prefix" };
}
