// Runs in every page before anything of the page itself: sees what its visitor sees, taps once there is something to tap, and tells
// in `visited` what it saw and when. Times are milliseconds since the address was opened.
(() => {
  if (location.protocol !== "https:") return;
  const CHOICE = "#filled_by input[type=radio]:not(:checked)";

  let moved = 0;
  const add = (shifts) => shifts.forEach((shift) => (moved += shift.hadRecentInput ? 0 : shift.value));
  const shifts = new PerformanceObserver((list) => add(list.getEntries()));
  shifts.observe({ type: "layout-shift", buffered: true });

  // A look at every frame: what is found was there when it was painted, and what was tapped has answered when the next one is.
  const frame = () => new Promise(requestAnimationFrame);
  async function until(look) {
    for (;;) {
      await frame();
      const seen = look();
      if (seen) return seen;
    }
  }
  const find = (css) => document.querySelector(css);

  /** The first question answers a tap: the app has kept the answer. */
  async function question() {
    const choice = await until(() => find(CHOICE));
    const kept = localStorage.getItem("draft");
    choice.click();
    await until(() => localStorage.getItem("draft") !== kept);
    return performance.now();
  }

  /** The front page has its tracks and the places counted, and its button leads to the first question. */
  async function front() {
    await until(() => find(".track-card") && find(".centre-card .count strong"));
    // What a tap moves was asked for; the browser takes a script's tap for none.
    add(shifts.takeRecords());
    shifts.disconnect();
    find("[data-test=start]").click();
    await until(() => find(CHOICE));
    return performance.now();
  }

  const onFront = location.pathname.split("/").length === 2;
  globalThis.visited = (async () => {
    const usable = await (onFront ? front() : question());
    // What the browser still had to load may move something.
    await until(() => document.readyState === "complete");
    await frame();
    add(shifts.takeRecords());
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    return { fcp_ms: painted.startTime, usable_ms: usable, cls: moved };
  })();
})();
