// The first two pages as one would write them with Preact: what `cargo xtask bench page` measures ours against. It has the same shell,
// style sheet, catalogue and markup; the words come from our own texts when the bench builds it, each page's and no others.
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Front } from "./front.jsx";
import { Who } from "./who.jsx";
import { Frame } from "./frame.jsx";

const DRAFT = "draft";

/** Storage is refused in some private modes. */
function stored() {
  try {
    return JSON.parse(localStorage.getItem(DRAFT)) ?? {};
  } catch {
    return {};
  }
}

function keep(draft) {
  try {
    localStorage.setItem(DRAFT, JSON.stringify(draft));
  } catch {
    // Then it lasts as long as the page.
  }
}

async function load(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** What an address answers: undefined while it is awaited, null when there is no answer. */
function useAnswer(path) {
  const [answer, setAnswer] = useState();
  useEffect(() => {
    load(path).then(setAnswer, () => setAnswer(null));
  }, [path]);
  return answer;
}

/** The address; links within the site change it without loading. */
function usePath() {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const follow = (event) => {
      const href = event.target.closest?.("a[href^='/kk']")?.getAttribute("href");
      if (!href || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      history.pushState(null, "", href);
      setPath(href);
      scrollTo(0, 0);
    };
    const look = () => setPath(location.pathname);
    document.addEventListener("click", follow);
    addEventListener("popstate", look);
    return () => {
      document.removeEventListener("click", follow);
      removeEventListener("popstate", look);
    };
  }, []);
  return path;
}

function App() {
  const path = usePath();
  const catalogue = useAnswer("/api/catalogue");
  const [draft, setDraft] = useState(stored);
  const answer = (filledBy) => {
    const next = { ...draft, filled_by: filledBy };
    keep(next);
    setDraft(next);
  };
  return (
    <Frame path={path}>
      {path.startsWith("/kk/register") ? (
        <Who catalogue={catalogue} draft={draft} answer={answer} />
      ) : (
        <Front catalogue={catalogue} useAnswer={useAnswer} />
      )}
    </Frame>
  );
}

const root = document.getElementById("app");
root.replaceChildren();
render(<App />, root);
