// The front page.
import { useEffect } from "preact/hooks";
import {
  action_start,
  error_network,
  home_address_provisional,
  home_ages,
  home_centres,
  home_exams_text,
  home_exams_title,
  home_free_text,
  home_free_title,
  home_how_1,
  home_how_2,
  home_how_3,
  home_how_title,
  home_lead,
  home_seats_failed,
  home_seats_none,
  home_tagline,
  home_tracks_text,
  home_tracks_title,
  seats_label,
  site_loading,
} from "texts";
import { nameTab } from "./frame.jsx";

export function Front({ catalogue, useAnswer }) {
  const seats = useAnswer("/api/cohorts");
  useEffect(() => nameTab(home_tagline), []);
  return (
    <>
      <div class="hero">
        <div>
          <h1 tabindex="-1">{home_tagline}</h1>
          <p class="lead">{home_lead}</p>
          <Start test="start-hero" />
        </div>
        <img src="/art/hero.svg" alt="" width="480" height="360" class="hero-art" />
      </div>
      <Section id="how" title={home_how_title}>
        <ol class="next-steps">{[home_how_1, home_how_2, home_how_3].map((line) => <li>{line}</li>)}</ol>
      </Section>
      {catalogue === undefined && (
        <section aria-busy="true">
          <span class="visually-hidden">{site_loading}</span>
          <div class="skeleton" />
        </section>
      )}
      {catalogue === null && <section class="empty" role="alert"><p>{error_network}</p></section>}
      {catalogue && <Details catalogue={catalogue} seats={seats} />}
      <div class="sticky-cta"><Start test="start" /></div>
    </>
  );
}

function Start({ test }) {
  return <a class="button button--primary" href="/kk/register" data-test={test}>{action_start}</a>;
}

function Section({ id, title, children }) {
  return <section aria-labelledby={id}><h2 id={id}>{title}</h2>{children}</section>;
}

function Details({ catalogue, seats }) {
  const { intake, tracks, centres } = catalogue;
  const count = home_tracks_title.replace("{n}", tracks.length);
  const facts = [
    [home_free_title, home_free_text],
    [`${intake.min_age}–${intake.max_age}`, home_ages],
    [home_exams_title, home_exams_text],
    [count, home_tracks_text],
  ];
  return (
    <>
      <ul class="facts">{facts.map(([strong, said]) => <li><strong>{strong}</strong>{said}</li>)}</ul>
      <Section id="tracks" title={count}>
        <ul class="track-grid">
          {tracks.map((track) => (
            <li class="track-card">
              <img src={`/art/track-${track.id}.svg`} alt="" width="96" height="96" loading="lazy" />
              <h3>{track.name.kk}</h3>
              <p>{track.summary.kk}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="centres" title={home_centres}>
        <ul class="centre-list">
          {centres.map((centre) => (
            <li class="centre-card">
              <h3>{centre.city.kk}</h3>
              <p>{centre.address.kk}</p>
              {centre.provisional && <span class="tag">{home_address_provisional}</span>}
              <p class="count"><Count catalogue={catalogue} centre={centre} seats={seats} /></p>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

/** The places a centre has now. */
function Count({ catalogue, centre, seats }) {
  if (seats === undefined) return <span aria-busy="true">…</span>;
  if (seats === null) return <span>{home_seats_failed}</span>;
  const here = catalogue.cohorts.filter((cohort) => cohort.centre === centre.id && !cohort.closed);
  const known = new Map(seats.cohorts.map((cohort) => [cohort.id, cohort]));
  const free = (cohort) => (!cohort || cohort.waiting > 0 ? 0 : Math.max(cohort.seats - cohort.taken, 0));
  const open = here.reduce((sum, { id }) => sum + free(known.get(id)), 0);
  if (open === 0) return <span>{home_seats_none}</span>;
  const number = String(open).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  return <><strong>{number}</strong><span>{seats_label}</span></>;
}
