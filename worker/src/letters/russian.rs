//! Letters in Russian.

use super::voice::{Frame, Offer, Voice, numbered};
use crate::store::outbox::Kind;
use domain::date::Date;
use domain::language::Language;

pub struct Russian;

const MONTHS: [&str; 12] =
    ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];

const WEEKDAYS: [&str; 7] = ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"];

/// In the genitive, as after «в течение»: 1 часа, 48 часов.
fn hours(number: u32) -> String {
    let noun = if Language::Russian.plural_form(number) == 0 { "часа" } else { "часов" };
    format!("{number} {noun}")
}

impl Voice for Russian {
    fn language(&self) -> Language {
        Language::Russian
    }

    fn frame(&self) -> Frame {
        Frame {
            greeting: "Здравствуйте!",
            number: "Номер заявки",
            page: "Ваша личная страница",
            secret: "Не передавайте эту ссылку: по ней можно увидеть и изменить заявку.",
        }
    }

    fn subject(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Registered => "ваша заявка принята",
            Kind::LinkAgain => "ссылка на вашу страницу",
            Kind::Offered => "для вас есть место, ответьте нам",
            Kind::OfferReminder => "место держится за вами уже недолго",
            Kind::Seated => "место ваше",
            Kind::Returned => "ответа не было, заявка вернулась в список",
            Kind::Lapsed => "ответа не было, ожидание закончилось",
            Kind::Removed => "центр прекратил регистрацию",
            Kind::Withdrawn => "вы отказались от регистрации",
            Kind::Restored => "центр восстановил регистрацию",
            Kind::Transferred => "центр перевёл ученика в другую группу",
            Kind::TracksChanged => "центр изменил направления ученика",
            Kind::Message => "сообщение центра",
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
            None => "Место ваше.".to_owned(),
            Some(place) => format!("Вы в списке ожидания, место {place}. Когда место освободится, мы напишем."),
        }
    }

    fn sessions_start(&self, on: Option<Date>) -> String {
        match on {
            Some(on) => format!("Занятия начинаются на неделе с {}.", self.day(on)),
            None => "Занятия уже идут: день первого занятия указан на личной странице.".to_owned(),
        }
    }

    fn link_again(&self) -> &'static str {
        "Этого ученика попробовали зарегистрировать ещё раз. Он уже зарегистрирован, ничего не изменилось."
    }

    fn offered(&self, offer: &Offer, again: bool) -> String {
        let (until, hours) = (&offer.until, hours(offer.hours));
        match (again, offer.together) {
            (false, false) => {
                format!("Освободилось место. Мы держим его за вами в течение {hours}: до {until} (время Астаны).")
            }
            (false, true) => format!("Освободились места. Мы держим их за вами в течение {hours}: до {until} (время Астаны)."),
            (true, false) => format!("Напоминаем: место держится за вами до {until} (время Астаны)."),
            (true, true) => format!("Напоминаем: места держатся за вами до {until} (время Астаны)."),
        }
    }

    fn answer(&self, offer: &Offer) -> Vec<String> {
        let mut told = vec![if offer.together {
            "Примите места или откажитесь от них на личной странице. Ответ один на всех учеников.".to_owned()
        } else {
            "Примите место или откажитесь от него на личной странице.".to_owned()
        }];
        if offer.seat_elsewhere {
            told.push("Если вы согласитесь, нынешнее место ученика в другой группе освободится.".to_owned());
        }
        told.push(match offer.returns_to {
            Some(place) => format!(
                "Если не ответить в срок, предложение перейдёт к следующей семье, а ваша заявка вернётся на {place}-е место списка \
                 ожидания (если список короче — в его конец). Так будет только один раз: если не ответить и на второе предложение, \
                 ожидание в этой группе закончится."
            ),
            None => "Это второе предложение. Если не ответить в срок, оно перейдёт к следующей семье, а ожидание в этой группе \
                     закончится."
                .to_owned(),
        });
        told
    }

    fn seated(&self) -> &'static str {
        "Место освободилось и, как вы просили, сразу стало вашим:"
    }

    fn returned(&self, place: Option<u32>) -> String {
        let now = match place {
            Some(place) => format!("Ваша заявка вернулась в список ожидания, теперь вы на месте {place}."),
            None => "Ваша заявка вернулась в список ожидания.".to_owned(),
        };
        format!(
            "Мы держали за вами место, но в срок ответа не было. {now} Если не ответить и на следующее предложение, ожидание в этой \
             группе закончится."
        )
    }

    fn lapsed(&self) -> &'static str {
        "На второе предложение в срок тоже не было ответа. Ожидание в этой группе закончилось, место предложено следующей семье. На \
         личной странице можно записаться в другую группу или снова встать в список ожидания."
    }

    fn removed(&self) -> &'static str {
        "Центр прекратил регистрацию:"
    }

    fn withdrawn(&self) -> &'static str {
        "На личной странице вы отказались от регистрации, она закончена:"
    }

    fn restored(&self) -> &'static str {
        "Центр восстановил регистрацию, которую раньше прекратил:"
    }

    fn transferred(&self, seat: bool) -> &'static str {
        if seat {
            "Центр перевёл ученика в другую группу, в прежней он больше не числится. Теперь занятия здесь:"
        } else {
            "Центр перенёс вашу заявку из списка ожидания одной группы в список ожидания другой. Теперь вы ждёте эту группу:"
        }
    }

    fn tracks_changed(&self) -> &'static str {
        "Центр изменил направления ученика. Группа и ваше место остались прежними:"
    }

    fn tracks_now(&self) -> &'static str {
        "Теперь направления"
    }

    fn written_to(&self) -> &'static str {
        "Это письмо центр написал семьям этой группы:"
    }

    fn not_you(&self) -> &'static str {
        "Если это были не вы, свяжитесь с центром и назовите номер заявки."
    }

    fn reason(&self) -> &'static str {
        "Причина"
    }
}
