//! Letters in Kazakh.

use super::voice::{Frame, Offer, Voice, numbered};
use crate::store::outbox::Kind;
use domain::date::Date;
use domain::language::Language;

pub struct Kazakh;

const MONTHS: [&str; 12] =
    ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"];

const WEEKDAYS: [&str; 7] = ["Дс", "Сс", "Ср", "Бс", "Жм", "Сб", "Жс"];

impl Voice for Kazakh {
    fn language(&self) -> Language {
        Language::Kazakh
    }

    fn frame(&self) -> Frame {
        Frame {
            greeting: "Сәлеметсіз бе!",
            number: "Өтінім нөмірі",
            page: "Жеке бетіңіз",
            secret: "Бұл сілтемені ешкімге бермеңіз: ол арқылы өтінімді көруге және өзгертуге болады.",
        }
    }

    fn subject(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Registered => "өтініміңіз қабылданды",
            Kind::LinkAgain => "жеке бетіңіздің сілтемесі",
            Kind::Offered => "сізге орын сақталды, жауап беріңіз",
            Kind::OfferReminder => "сақталған орынның мерзімі жақында бітеді",
            Kind::Seated => "орын сіздікі",
            Kind::Returned => "жауап болмады, өтінім күту тізіміне қайтты",
            Kind::Lapsed => "жауап болмады, күту аяқталды",
            Kind::Removed => "орталық тіркеуді тоқтатты",
            Kind::Withdrawn => "тіркеуден бас тарттыңыз",
            Kind::Restored => "орталық тіркеуіңізді қалпына келтірді",
            Kind::Transferred => "орталық оқушыны басқа топқа ауыстырды",
            Kind::TracksChanged => "орталық оқушының бағыттарын өзгертті",
            Kind::Message => "орталықтан хабарлама",
        }
    }

    fn day(&self, date: Date) -> String {
        format!("{} {}", date.day(), numbered(&MONTHS, date.month() as usize))
    }

    fn weekday(&self, weekday: u8) -> &'static str {
        numbered(&WEEKDAYS, weekday.into())
    }

    fn decided(&self, place: Option<u32>) -> String {
        match place {
            None => "Орын сіздікі.".to_owned(),
            Some(place) => format!("Сіз күту тізіміндесіз, орныңыз — {place}. Орын босаса, хабар береміз."),
        }
    }

    fn sessions_start(&self, on: Option<Date>) -> String {
        match on {
            Some(on) => format!("Сабақтар {} күнгі аптада басталады.", self.day(on)),
            None => "Сабақтар басталып кетті: алғашқы сабағыңыздың күні жеке бетіңізде.".to_owned(),
        }
    }

    fn link_again(&self) -> &'static str {
        "Осы оқушыны тағы бір рет тіркеуге әрекет жасалды. Ол бұрыннан тіркелген, ештеңе өзгерген жоқ."
    }

    fn offered(&self, offer: &Offer, again: bool) -> String {
        let Offer { until, hours, .. } = offer;
        match (again, offer.together) {
            (false, false) => {
                format!("Орын босады, ол сізге {hours} сағатқа сақталды. Жауап беру мерзімі — {until} (Астана уақыты).")
            }
            (false, true) => {
                format!("Орындар босады, олар сізге {hours} сағатқа сақталды. Жауап беру мерзімі — {until} (Астана уақыты).")
            }
            (true, false) => format!("Еске саламыз: сізге орын сақтаулы тұр. Жауап беру мерзімі — {until} (Астана уақыты)."),
            (true, true) => format!("Еске саламыз: сізге орындар сақтаулы тұр. Жауап беру мерзімі — {until} (Астана уақыты)."),
        }
    }

    fn answer(&self, offer: &Offer) -> Vec<String> {
        let mut told = vec![if offer.together {
            "Жеке бетіңізде орындарды алыңыз немесе олардан бас тартыңыз. Жауап барлық оқушыға ортақ.".to_owned()
        } else {
            "Жеке бетіңізде орынды алыңыз немесе одан бас тартыңыз.".to_owned()
        }];
        if offer.seat_elsewhere {
            told.push("Келіссеңіз, оқушының басқа топтағы қазіргі орны босайды.".to_owned());
        }
        told.push(match offer.returns_to {
            Some(place) => format!(
                "Мерзімінде жауап бермесеңіз, ұсыныс келесі отбасыға өтеді, ал сіздің өтініміңіз күту тізімінің {place}-орнына (тізім \
                 қысқа болса, соңына) қайтады. Бұл бір рет қана болады: екінші ұсынысқа жауап бермесеңіз, бұл топтағы күту аяқталады."
            ),
            None => "Бұл — екінші ұсыныс. Мерзімінде жауап бермесеңіз, ол келесі отбасыға өтеді де, бұл топтағы күту аяқталады."
                .to_owned(),
        });
        told
    }

    fn seated(&self) -> &'static str {
        "Орын босады, сіз сұрағандай, ол бірден сізге берілді:"
    }

    fn returned(&self, place: Option<u32>) -> String {
        let now = match place {
            Some(place) => format!("Өтініміңіз күту тізіміне қайтты, қазіргі орныңыз — {place}."),
            None => "Өтініміңіз күту тізіміне қайтты.".to_owned(),
        };
        format!(
            "Сізге сақталған орынға мерзімінде жауап болмады. {now} Келесі ұсынысқа жауап бермесеңіз, бұл топтағы күту аяқталады."
        )
    }

    fn lapsed(&self) -> &'static str {
        "Екінші ұсынысқа да мерзімінде жауап болмады. Бұл топтағы күту аяқталды, орын келесі отбасыға ұсынылады. Жеке бетіңізде басқа \
         топқа жазылуға немесе күту тізіміне қайта тұруға болады."
    }

    fn removed(&self) -> &'static str {
        "Орталық мына тіркеуді тоқтатты:"
    }

    fn withdrawn(&self) -> &'static str {
        "Жеке бетіңізде мына тіркеуден бас тарттыңыз, ол аяқталды:"
    }

    fn restored(&self) -> &'static str {
        "Орталық бұрын тоқтатқан тіркеуді қалпына келтірді:"
    }

    fn transferred(&self, seat: bool) -> &'static str {
        if seat {
            "Орталық оқушыны басқа топқа ауыстырды, бұрынғы тобында ол енді тіркелмеген. Енді сабақтары мына топта:"
        } else {
            "Орталық өтініміңізді бір топтың күту тізімінен басқа топтың күту тізіміне ауыстырды. Енді мына топты күтесіз:"
        }
    }

    fn tracks_changed(&self) -> &'static str {
        "Орталық оқушының бағыттарын өзгертті. Тобы да, орны да бұрынғыдай:"
    }

    fn tracks_now(&self) -> &'static str {
        "Енді бағыттары"
    }

    fn written_to(&self) -> &'static str {
        "Бұл хатты орталық мына топтың отбасыларына жазды:"
    }

    fn not_you(&self) -> &'static str {
        "Мұны сіз жасамасаңыз, орталыққа хабарласып, өтінім нөмірін айтыңыз."
    }

    fn reason(&self) -> &'static str {
        "Себебі"
    }
}
