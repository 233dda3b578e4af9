// The first question: who holds the phone.
import { useEffect, useRef, useState } from "preact/hooks";
import {
  action_back,
  action_continue,
  error_network,
  error_not_loaded,
  fault_filled_by_required,
  home_closed_title,
  home_opens_text,
  site_error_prefix,
  site_error_title,
  site_loading,
  step_progress,
  who_guardian,
  who_guardian_note,
  who_hint,
  who_student,
  who_student_note,
  who_title,
} from "texts";
import { nameTab } from "./frame.jsx";

const STEPS = 12;
const CHOICES = [
  ["student", who_student, who_student_note],
  ["guardian", who_guardian, who_guardian_note],
];

export function Who({ catalogue, draft, answer }) {
  const [fault, setFault] = useState(false);
  const summary = useRef();
  useEffect(() => nameTab(fault ? `${site_error_prefix}: ${who_title}` : who_title), [fault]);
  useEffect(() => summary.current?.focus(), [fault]);

  if (catalogue === undefined) {
    return (
      <div class="question" aria-busy="true">
        <h1 class="question-title" tabindex="-1">{site_loading}</h1>
        <div class="cohort-list"><div class="skeleton" /><div class="skeleton" /></div>
      </div>
    );
  }
  if (catalogue === null) return <Explained title={error_not_loaded} said={error_network} />;
  const now = Date.now();
  if (now < catalogue.intake.opens_at) return <Explained title={home_opens_text} />;
  if (now >= catalogue.intake.closes_at) return <Explained title={home_closed_title} />;

  const submit = (event) => {
    event.preventDefault();
    // The second question is not among the pages that are compared.
    setFault(!draft.filled_by);
  };
  return (
    <div class="question">
      <a class="back-link" href="/kk" data-test="back">{action_back}</a>
      <progress
        class="progress"
        max={STEPS}
        value="1"
        aria-label={step_progress.replace("{n}", 1).replace("{count}", STEPS)}
      />
      <div>
        {fault && (
          <div class="error-summary" role="alert" tabindex="-1" aria-labelledby="error-title" ref={summary}>
            <h2 id="error-title">{site_error_title}</h2>
            <ul><li><a href="#filled_by">{fault_filled_by_required}</a></li></ul>
          </div>
        )}
      </div>
      <form novalidate onSubmit={submit}>
        <fieldset id="filled_by" aria-describedby={fault ? "filled_by-hint filled_by-error" : "filled_by-hint"}>
          <legend><h1 class="question-title" tabindex="-1">{who_title}</h1></legend>
          <div class={fault ? "field--error" : ""}>
            <p class="hint" id="filled_by-hint">{who_hint}</p>
            <div>
              {fault && (
                <span class="error-text" id="filled_by-error">
                  <span class="visually-hidden">{site_error_prefix}: </span>
                  {fault_filled_by_required}
                </span>
              )}
            </div>
            <div class="choice-list">
              {CHOICES.map(([value, title, note]) => (
                <label class="choice">
                  <input
                    type="radio"
                    id={`filled_by-${value}`}
                    name="filled_by"
                    value={value}
                    checked={draft.filled_by === value}
                    onChange={() => answer(value)}
                  />
                  <span class="choice-body">
                    <span class="choice-title">{title}</span>
                    <span class="choice-note">{note}</span>
                  </span>
                </label>
              ))}
            </div>
          </div>
        </fieldset>
        <button class="button button--primary" type="submit" data-test="continue">{action_continue}</button>
      </form>
    </div>
  );
}

function Explained({ title, said }) {
  return (
    <div class="page-state">
      <h1 class="question-title" tabindex="-1">{title}</h1>
      {said && <p>{said}</p>}
    </div>
  );
}
