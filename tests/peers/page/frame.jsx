// What surrounds every page.
import { invariants_link, site_footer, site_language, site_name, site_skip } from "texts";
import wordmark from "wordmark";

const LANGUAGES = { kk: "Қаз", ru: "Рус", en: "Eng" };

export function Frame({ path, children }) {
  return (
    <>
      <a class="skip-link" href="#main">{site_skip}</a>
      <div role="status" />
      <header class="site-header">
        <a class="site-logo" href="/kk" dangerouslySetInnerHTML={{ __html: wordmark }} />
        <nav class="lang-switch" aria-label={site_language}>
          {Object.entries(LANGUAGES).map(([language, name]) => (
            <a
              href={path.replace("kk", language)}
              hreflang={language}
              lang={language}
              aria-current={language === "kk" ? "true" : undefined}
            >
              {name}
            </a>
          ))}
        </nav>
      </header>
      <main class="site-main" id="main" tabindex="-1">{children}</main>
      <footer class="site-footer">
        <p>{site_footer}</p>
        <p><a href="/kk/invariants" data-test="invariants">{invariants_link}</a></p>
      </footer>
      <div role="status" />
    </>
  );
}

/** Names the tab after the page. */
export function nameTab(title) {
  document.title = `${title} — ${site_name}`;
}
