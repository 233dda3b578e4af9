// Runs in every page before anything of the page itself, and tells how long the page takes to answer: until the frame that shows the
// answer has been painted.
(() => {
  const frame = () => new Promise(requestAnimationFrame);

  // What is seen at the beginning of a frame is painted in it, and a task that is sent off then comes behind it.
  const behind = () =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(null);
    });

  async function painted(shown) {
    do await frame();
    while (!shown());
    await behind();
    return performance.now();
  }

  const answered = (path) =>
    performance.getEntriesByType("resource").filter((answer) => new URL(answer.name).pathname === path);

  globalThis.answers = {
    /** From the time that the next event of this kind bears. */
    to(kind, shown) {
      answers.told = new Promise((done) => {
        const answer = async (event) => done((await painted(shown)) - event.timeStamp);
        addEventListener(kind, answer, { capture: true, once: true });
      });
    },

    /** From the moment at which the next answer of this address has come. */
    after(path, shown) {
      const before = answered(path).length;
      const all = () => answered(path).length > before && shown();
      answers.came = painted(all).then((at) => at - answered(path).at(-1).responseEnd);
    },
  };
})();
