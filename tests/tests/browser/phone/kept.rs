//! What its browser keeps of the site.

use domain::language::Language;

use super::Phone;

impl Phone {
    /// Waits until everything is there with which the site opens in this language, and what keeps it serves the page.
    pub async fn has_kept(&self, language: Language) {
        const READY: &str = "
            const done = arguments[arguments.length - 1];
            const look = async () => {
                const { active, installing, waiting } = await navigator.serviceWorker.ready;
                const calm = !installing && !waiting && active.state === 'activated';
                const serves = calm && navigator.serviceWorker.controller === active;
                const newest = (await caches.keys()).filter((name) => name.startsWith('families-files ')).pop();
                const kept = serves && newest && await (await caches.open(newest)).match(arguments[0]);
                kept ? done(true) : setTimeout(look, 25);
            };
            look().catch(() => done(false));";
        let shell = format!("/page-{}", language.as_str());
        assert!(self.asks_and_waits::<bool>(READY, vec![shell.into()]).await, "a service worker with all its files");
    }

    /// Waits until a file is kept.
    pub async fn has_kept_file(&self, address: &str) {
        const KEPT: &str = "
            const done = arguments[arguments.length - 1];
            const look = async () => await caches.match(arguments[0]) ? done(true) : setTimeout(look, 25);
            look().catch(() => done(false));";
        assert!(self.asks_and_waits::<bool>(KEPT, vec![address.into()]).await, "{address}");
    }

    /// Every address that any cache has, with what is kept under it.
    pub async fn kept_files(&self) -> Vec<(String, String)> {
        const ALL: &str = "
            const done = arguments[arguments.length - 1];
            const all = async () => {
                const found = [];
                for (const name of await caches.keys()) {
                    const cache = await caches.open(name);
                    for (const request of await cache.keys()) {
                        const contents = await (await cache.match(request)).text();
                        found.push([request.url.slice(location.origin.length), contents]);
                    }
                }
                return found;
            };
            all().then(done);";
        self.asks_and_waits(ALL, vec![]).await
    }
}
