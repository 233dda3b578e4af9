//! What is painted before the app runs: one shell for the front page and one for all other pages of each language, and one for those
//! who name no language. They are put together from `public/shell` and the app's own texts, so they can't say anything else than it does.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use texts::Texts;

use crate::assets::Assets;
use crate::{layout, manifest};

/// How the three languages call themselves, as the app writes them.
const NAMES: [&str; 3] = ["Қаз", "Рус", "Eng"];

/// The texts of the shells by which the front page is known, and every page that has none of its own.
const FRONT: &str = "page";

/// Writes all shells, the page for those who have none without network, the manifests, `robots.txt` and `sitemap.xml`. `families` are
/// the texts of the app, `style_rules` its style sheet, `origin` is where the site is reached.
///
/// # Errors
/// When a template asks for something that isn't there.
pub fn write(assets: &Assets, families: &[(&'static str, Texts)], style_rules: &str, origin: &str) -> Result<()> {
    let folder = layout::root().join("public/shell");
    let shell = Shell {
        assets,
        own: texts::load(&folder.join("text"))?,
        outer: read(&folder, "page.html")?,
        wordmark: fs::read_to_string(layout::root().join("public/art/wordmark.svg"))?.trim().to_owned(),
        style_rules,
        origin: origin.trim_end_matches('/'),
    };
    let (home, inner, app) = (read(&folder, "home.html")?, read(&folder, "inner.html")?, read(&folder, "manifest.json")?);
    for (language, texts) in families {
        let words = escaped(texts);
        let found = shell.to_be_found(language);
        assets.write(&format!("{language}.html"), shell.page(&[language], &home, words.clone(), FRONT, &found)?.as_bytes())?;
        // Not to be found by searching, but sent to each other all the same.
        for (name, section) in [("page", FRONT), ("invariants", "promises")] {
            let found = ["<meta name=\"robots\" content=\"noindex\">\n", &shell.preview(language, section)].concat();
            let page = shell.page(&[language], &inner, words.clone(), section, &found)?;
            assets.write(&format!("{name}-{language}.html"), page.as_bytes())?;
        }
        let called = texts.get("site.name").context("the site has no name")?;
        let manifest = manifest::of(language, &app, called, shell.text(language, "page.description"))?;
        assets.write(&manifest::name(language), &manifest)?;
    }
    let (start, found) = (read(&folder, "start.html")?, shell.to_be_found(""));
    let start = shell.page(&texts::LANGUAGES, &start, BTreeMap::new(), FRONT, &found)?;
    assets.write("index.html", start.as_bytes())?;
    assets.write("offline.html", shell.offline(&read(&folder, "offline.html")?)?.as_bytes())?;
    assets
        .write("robots.txt", format!("User-agent: *\nDisallow: /api/\nSitemap: {}/sitemap.xml\n", shell.origin).as_bytes())?;
    assets.write("sitemap.xml", shell.sitemap().as_bytes())
}

fn read(folder: &Path, name: &str) -> Result<String> {
    fs::read_to_string(folder.join(name)).with_context(|| format!("public/shell/{name} could not be read"))
}

struct Shell<'a> {
    assets: &'a Assets,
    /// The texts of the shells alone.
    own: Vec<(&'static str, Texts)>,
    outer: String,
    wordmark: String,
    style_rules: &'a str,
    origin: &'a str,
}

impl Shell<'_> {
    /// A shell that speaks these languages, around `content`, for which there are `words`. It is called and described as this section
    /// of the texts says; `found` is for those who search and share.
    fn page(
        &self,
        languages: &[&str],
        content: &str,
        mut words: BTreeMap<String, String>,
        section: &str,
        found: &str,
    ) -> Result<String> {
        let first = languages.first().copied().unwrap_or_default();
        words.insert("lang".into(), first.into());
        words.insert("wordmark".into(), self.wordmark.clone());
        words.insert("languages".into(), switch(if languages.len() == 1 { first } else { "" }));
        words.insert("lead".into(), self.paragraphs(languages, "page.lead", " class=\"lead\""));
        let content = self.assets.fill("public/shell", content, &words)?;
        words.insert("content".into(), content.trim().to_owned());
        words.insert("found".into(), found.to_owned());
        words.insert("style_rules".into(), self.style_rules.to_owned());
        words.insert("texts".into(), self.texts_ahead(languages)?);
        for part in ["title", "description"] {
            words.insert(part.into(), escape(self.text(first, &format!("{section}.{part}"))));
        }
        for key in ["failed", "old", "noscript"] {
            words.insert(format!("{key}.title"), self.side_by_side(languages, &format!("{key}.title")));
            words.insert(format!("{key}.text"), self.paragraphs(languages, &format!("{key}.text"), ""));
        }
        words.insert("failed.retry".into(), self.side_by_side(languages, "failed.retry"));
        self.assets.fill("public/shell/page.html", &self.outer, &words)
    }

    /// What a phone without network shows of a page of which it has no shell. It can be read, and tried again, without its script.
    fn offline(&self, page: &str) -> Result<String> {
        let all = &texts::LANGUAGES;
        let words = BTreeMap::from([
            ("lang".into(), all[0].into()),
            ("wordmark".into(), self.wordmark.clone()),
            ("languages".into(), switch("")),
            ("style_rules".into(), self.style_rules.to_owned()),
            ("title".into(), escape(self.text(all[0], "offline.title"))),
            ("offline.title".into(), self.in_each(all, "offline.title").join("<br>")),
            ("offline.text".into(), self.paragraphs(all, "offline.text", "")),
            ("retry".into(), self.side_by_side(all, "failed.retry")),
        ]);
        self.assets.fill("public/shell/offline.html", page, &words)
    }

    /// Asks for the texts of the only language there is; of several, nobody knows yet which is wanted.
    fn texts_ahead(&self, languages: &[&str]) -> Result<String> {
        let [only] = languages else { return Ok(String::new()) };
        let link = format!("<link rel=\"preload\" href=\"{{{{text_{only}}}}}\" as=\"fetch\" crossorigin>");
        self.assets.fill("public/shell/page.html", &link, &BTreeMap::new())
    }

    fn text(&self, language: &str, key: &str) -> &str {
        let texts = self.own.iter().find(|(known, _)| *known == language).map(|(_, texts)| texts);
        texts.and_then(|texts| texts.get(key)).map_or("", String::as_str)
    }

    /// A text in each language, one after the other.
    fn side_by_side(&self, languages: &[&str], key: &str) -> String {
        if let [only] = languages {
            return escape(self.text(only, key));
        }
        self.in_each(languages, key).join(" / ")
    }

    /// A text in each language, as parts of a line.
    fn in_each(&self, languages: &[&str], key: &str) -> Vec<String> {
        let said =
            languages.iter().map(|language| format!("<span lang=\"{language}\">{}</span>", escape(self.text(language, key))));
        said.collect()
    }

    /// A text in each language, one below the other.
    fn paragraphs(&self, languages: &[&str], key: &str, attributes: &str) -> String {
        let said = languages.iter().map(|language| {
            let lang = if languages.len() > 1 { format!(" lang=\"{language}\"") } else { String::new() };
            format!("<p{attributes}{lang}>{}</p>", escape(self.text(language, key)))
        });
        said.collect::<Vec<_>>().join("\n")
    }

    /// By which search engines and messengers know the front page in this language; the one without a language is `""`.
    fn to_be_found(&self, language: &str) -> String {
        let spoken = if language.is_empty() { texts::LANGUAGES[0] } else { language };
        let address = format!("{}/{language}", self.origin);
        let mut lines = vec![format!("<link rel=\"canonical\" href=\"{address}\">")];
        lines.extend(
            self.alternates()
                .map(|(hreflang, href)| format!("<link rel=\"alternate\" hreflang=\"{hreflang}\" href=\"{href}\">")),
        );
        lines.push(format!("<meta property=\"og:url\" content=\"{address}\">"));
        lines.push(self.preview(spoken, FRONT));
        lines.join("\n")
    }

    /// What messengers show of a page that somebody sends.
    fn preview(&self, language: &str, section: &str) -> String {
        let origin = self.origin;
        let text = |part: &str| escape(self.text(language, &format!("{section}.{part}")));
        let (title, said) = (text("title"), text("description"));
        let locale = match language {
            "kk" => "kk_KZ",
            "ru" => "ru_KZ",
            _ => "en_GB",
        };
        let mut lines = Vec::new();
        for (property, content) in [
            ("type", "website"),
            ("site_name", "TUMO Қазақстан"),
            ("locale", locale),
            ("title", &title),
            ("description", &said),
            ("image", &format!("{origin}/share.png")),
            ("image:width", "1200"),
            ("image:height", "630"),
        ] {
            lines.push(format!("<meta property=\"og:{property}\" content=\"{content}\">"));
        }
        lines.push("<meta name=\"twitter:card\" content=\"summary_large_image\">".into());
        lines.join("\n")
    }

    /// The front pages by language; last the one for everybody else.
    fn alternates(&self) -> impl Iterator<Item = (&'static str, String)> {
        let everybody = ("x-default", format!("{}/", self.origin));
        texts::LANGUAGES.into_iter().map(|language| (language, format!("{}/{language}", self.origin))).chain([everybody])
    }

    /// The addresses that are meant to be found (sitemaps.org, with each page's other languages as search engines read them).
    fn sitemap(&self) -> String {
        let others: String = self
            .alternates()
            .map(|(hreflang, href)| format!("    <xhtml:link rel=\"alternate\" hreflang=\"{hreflang}\" href=\"{href}\"/>\n"))
            .collect();
        let pages: String =
            self.alternates().map(|(_, href)| format!("  <url>\n    <loc>{href}</loc>\n{others}  </url>\n")).collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
             xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n{pages}</urlset>\n"
        )
    }
}

/// The links to the other languages, as the app writes them.
fn switch(current: &str) -> String {
    let link = |(language, name): (&str, &str)| {
        let here = if language == current { " aria-current=\"true\"" } else { "" };
        format!("<a href=\"/{language}\" hreflang=\"{language}\" lang=\"{language}\"{here}>{name}</a>")
    };
    texts::LANGUAGES.into_iter().zip(NAMES).map(link).collect()
}

fn escaped(texts: &Texts) -> BTreeMap<String, String> {
    texts.iter().map(|(key, text)| (key.clone(), escape(text))).collect()
}

/// A text between tags or in an attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_sign_of_markup_stays_a_letter() {
        assert_eq!(escape("a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
    }

    #[test]
    fn the_language_one_reads_is_marked() {
        let links = switch("ru");
        assert_eq!(links.matches("<a ").count(), 3);
        assert!(links.contains("<a href=\"/ru\" hreflang=\"ru\" lang=\"ru\" aria-current=\"true\">Рус</a>"));
        assert_eq!(switch("").matches("aria-current").count(), 0);
    }
}
