//! Letters to families: what the outbox holds is written and handed over for delivery here, by the clock, never inside a request.

use crate::link;
use crate::platform::{Letter, Platform};
use crate::refusal::Refusal;
use crate::state::Backend;
use crate::store::outbox::{Due, Kind, claim, due, sent};
use domain::language::Language;
use domain::registration::RegistrationState;

/// How many letters one run sends: bounded, so that runs stay shorter than the minute between them.
const LETTERS_A_RUN: i64 = 50;

/// Sends what is due. Runs may overlap: a letter is claimed before it is sent.
///
/// # Errors
/// When the database can't be read or written; what was not sent stays due. A failed delivery is no error: it is tried again later.
pub async fn send_due_letters<P: Platform>(backend: &Backend<P>) -> Result<(), String> {
    run(backend).await.map_err(|refusal| refusal.log.unwrap_or_else(|| refusal.code.as_str().to_owned()))
}

async fn run<P: Platform>(backend: &Backend<P>) -> Result<(), Refusal> {
    let platform = &backend.platform;
    for letter in due(platform, platform.now(), LETTERS_A_RUN).await? {
        if !claim(platform, letter.id, platform.now()).await? {
            continue;
        }
        match platform.send(&written(backend, &letter)).await {
            Ok(()) => sent(platform, letter.id, platform.now()).await?,
            Err(failure) => platform.log(&format!("letter {}: {}", letter.event, failure.0)),
        }
    }
    Ok(())
}

fn written<P: Platform>(backend: &Backend<P>, due: &Due) -> Letter {
    let language = due.language;
    let token = backend.secrets.link_token(&due.application_id);
    let link = link::address(&backend.origin, language.as_str(), &token);
    let (subject, reason) = match due.kind {
        Kind::Registered => (subject(language), decision(due)),
        Kind::LinkAgain => (subject_again(language), again(language).to_owned()),
    };
    let body = format!(
        "{greeting}\n\n{reason}\n\n{number}: {reference}\n{page}:\n{link}\n\n{secret}\n",
        greeting = greeting(language),
        number = match language {
            Language::Kazakh => "Өтінім нөмірі",
            Language::Russian => "Номер заявки",
            Language::English => "Reference number",
        },
        reference = due.reference,
        page = match language {
            Language::Kazakh => "Жеке бетіңіз",
            Language::Russian => "Ваша личная страница",
            Language::English => "Your private page",
        },
        secret = match language {
            Language::Kazakh => "Бұл сілтемені ешкімге бермеңіз: ол арқылы өтінімді көруге болады.",
            Language::Russian => "Не передавайте эту ссылку: по ней видна заявка.",
            Language::English => "Keep this link to yourself: it shows the application.",
        },
    );
    Letter { id: due.event.clone(), to: due.address.clone(), subject: subject.to_owned(), body }
}

fn greeting(language: Language) -> &'static str {
    match language {
        Language::Kazakh => "Сәлеметсіз бе!",
        Language::Russian => "Здравствуйте!",
        Language::English => "Hello,",
    }
}

fn subject(language: Language) -> &'static str {
    match language {
        Language::Kazakh => "TUMO: өтініміңіз қабылданды",
        Language::Russian => "TUMO: ваша заявка принята",
        Language::English => "TUMO: your application is in",
    }
}

fn subject_again(language: Language) -> &'static str {
    match language {
        Language::Kazakh => "TUMO: жеке бетіңіздің сілтемесі",
        Language::Russian => "TUMO: ссылка на вашу страницу",
        Language::English => "TUMO: the link to your page",
    }
}

fn again(language: Language) -> &'static str {
    match language {
        Language::Kazakh => "Осы оқушыны тағы бір рет тіркеуге әрекет жасалды. Ол бұрыннан тіркелген, ештеңе өзгерген жоқ.",
        Language::Russian => {
            "Этого ученика попробовали зарегистрировать ещё раз. Он уже зарегистрирован, ничего не изменилось."
        }
        Language::English => {
            "Somebody tried to register this student again. The student is registered already; nothing has changed."
        }
    }
}

fn decision(due: &Due) -> String {
    let centre = due.centre.get(due.language);
    let date = due.first_session_on;
    let (day, month, year) = (date.day(), date.month(), date.year());
    let start = format!("{day:02}.{month:02}.{year}");
    match (due.state, due.position) {
        (RegistrationState::Waiting, Some(position)) => match due.language {
            Language::Kazakh => format!("{centre}: сіз күту тізіміндесіз, орныңыз — {position}. Орын босаса, хабар береміз."),
            Language::Russian => {
                format!("{centre}: вы в списке ожидания, место {position}. Когда место освободится, мы напишем.")
            }
            Language::English => {
                format!("{centre}: you are on the waiting list, place {position}. We will write when a seat is free.")
            }
        },
        _ => match due.language {
            Language::Kazakh => format!("{centre}: орын сіздікі. Сабақтар {start} күнгі аптада басталады."),
            Language::Russian => format!("{centre}: место ваше. Занятия начинаются на неделе с {start}."),
            Language::English => format!("{centre}: the seat is yours. Sessions start in the week of {start}."),
        },
    }
}
