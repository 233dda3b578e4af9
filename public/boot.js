// Decides the language, brings its texts, starts the app; says so readably when that fails.
const LANGS = ["kk", "ru", "en"];
const urls = document.getElementById("boot").dataset;

/** Storage is refused in some private modes; the choice then lasts as long as the address. */
function remembered() {
  try {
    return localStorage.getItem("lang");
  } catch (_) {
    return null;
  }
}

/** Address first, then the earlier choice, then the browser's wishes in their order, Kazakh when in doubt. */
function chooseLang() {
  const inPath = location.pathname.split("/")[1];
  const wishes = [inPath, remembered()].concat(
    (navigator.languages || [navigator.language || ""]).map((tag) => tag.slice(0, 2).toLowerCase()),
  );
  return wishes.find((wish) => LANGS.includes(wish)) || "kk";
}

async function loadTexts(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error("texts: " + answer.status);
  return answer.json();
}

async function start(lang) {
  const [app, texts] = await Promise.all([import(urls.app), loadTexts(urls[lang])]);
  // The app asks for its second part once it runs: by then `running` is known.
  const apart = async () => {
    const [answer, first] = await Promise.all([fetch(urls.apart), running]);
    await WebAssembly.instantiateStreaming(answer, { first });
  };
  globalThis.tumo = { lang, texts, urls, apart };
  const running = app.default({ module_or_path: urls.wasm });
  await running;
}

function show(id) {
  document.getElementById("app").hidden = true;
  document.getElementById(id).hidden = false;
}

/** From now on the site opens without network too; who reads it in which language, the service worker can't know. */
async function stay() {
  const workers = navigator.serviceWorker;
  await workers.register("/families-worker.js");
  (await workers.ready).active.postMessage(document.documentElement.lang);
}

/** When all that the page has asked for is here, and nobody waits for the processor. */
function whenIdle(act) {
  if (document.readyState !== "complete") addEventListener("load", () => whenIdle(act));
  else (window.requestIdleCallback || setTimeout)(act);
}

const lang = chooseLang();
document.documentElement.lang = lang;
document.getElementById("boot-retry").addEventListener("click", () => location.reload());

if (typeof WebAssembly === "object" && typeof BigInt === "function") {
  // Shells that show nothing of the page itself say that it is coming.
  const wait = document.getElementById("boot-wait");
  if (wait) wait.hidden = false;
  const failed = (error) => {
    console.error(error);
    show("boot-failed");
  };
  // The console has a service worker of its own.
  start(lang).then(() => urls.apart && whenIdle(() => stay().catch(() => {})), failed);
} else {
  show("boot-old");
}
