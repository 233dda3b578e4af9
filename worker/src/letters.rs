//! Letters to families: what the outbox holds is written and handed over for delivery here, by the clock, never inside a request.

mod english;
mod kazakh;
mod russian;
mod voice;

use crate::link;
use crate::platform::{Letter, Platform};
use crate::refusal::Refusal;
use crate::state::Backend;
use crate::store::outbox::{Due, abandon, claim, drop_what_is_over, due, refused, sent};
use domain::date::Timestamp;
use domain::language::Language;
use voice::{Voice, said};

/// How many letters one run sends: bounded, so that runs stay shorter than the minute between them.
const LETTERS_A_RUN: i64 = 200;

/// Sends what is due. Runs may overlap: a letter is taken in hand before it is handed over, by one run only.
///
/// # Errors
/// When the database can't be read or written; what was not taken in hand stays due. A refused delivery is no error: it is tried again
/// later.
pub async fn send_due_letters<P: Platform>(backend: &Backend<P>) -> Result<(), Refusal> {
    let platform = &backend.platform;
    drop_what_is_over(platform, platform.now()).await?;
    for letter in due(platform, platform.now(), LETTERS_A_RUN).await? {
        if !claim(platform, letter.id, platform.now()).await? {
            continue;
        }
        match platform.send(&written(backend, &letter)).await {
            Ok(()) => sent(platform, letter.id).await?,
            Err(failure) => {
                platform.log(&format!("letter {}: {}", letter.event, failure.0));
                refused(platform, letter.id).await?;
            }
        }
    }
    for _ in 0..LETTERS_A_RUN {
        let Some(event) = abandon(platform, platform.now()).await? else { break };
        platform.log(&format!("letter {event}: the run that sent it ended before it noted how; it is not sent again"));
    }
    Ok(())
}

fn written<P: Platform>(backend: &Backend<P>, due: &Due) -> Letter {
    let token = backend.secrets.link_token(&due.application_id);
    let link = link::address(&backend.origin, due.language.as_str(), &token);
    let (subject, body) = text(due, &link, backend.platform.now());
    Letter { id: due.event.clone(), to: due.address.clone(), subject, body }
}

/// Subject and text of a letter that is written at the moment `now`.
fn text(due: &Due, link: &str, now: Timestamp) -> (String, String) {
    let voice: &dyn Voice = match due.language {
        Language::Kazakh => &kazakh::Kazakh,
        Language::Russian => &russian::Russian,
        Language::English => &english::English,
    };
    let frame = voice.frame();
    let body = format!(
        "{greeting}\n\n{said}\n\n{number}: {reference}\n{page}:\n{link}\n\n{secret}\n",
        greeting = frame.greeting,
        said = said(voice, due, now),
        number = frame.number,
        reference = due.reference,
        page = frame.page,
        secret = frame.secret,
    );
    let own = due.message.as_ref().map(|message| message.subject.as_str());
    (format!("TUMO: {}", own.unwrap_or_else(|| voice.subject(due.kind))), body)
}

#[cfg(test)]
mod tests;
