//! Long lists that come by and by, so that a slow phone answers at once: what is in sight first, the rest when that is painted.

use crate::dom;
use crate::el::El;
use leptos::prelude::*;
use std::rc::Rc;
use web_sys::Element;

/// How many cards or rows are built at a time: about as many as a phone shows at first, few enough to be built between two taps.
pub const AT_A_TIME: usize = 3;

/// Makes the elements of this number.
type Make = Rc<dyn Fn(usize) -> Vec<El>>;

/// Puts what is made of the numbers below `count` in the place of what a list holds, so many numbers at a time. Part of what is live:
/// what hasn't come when that runs again, or is taken away, stays away. Where somebody has scrolled into the list, as many come at
/// once as stood there, and on a page that was returned to all of them: nothing moves under their eyes.
pub fn by_and_by<Made>(list: &Element, at_a_time: usize, count: usize, make: impl Fn(usize) -> Made + 'static)
where
    Made: IntoIterator<Item = El>,
{
    let stood = list.child_element_count() as usize;
    let scrolled = stood > at_a_time && list.get_bounding_client_rect().top() < 0.0;
    let at_once = match (dom::has_returned(), scrolled) {
        (true, _) => count,
        (false, true) => stood,
        (false, false) => at_a_time,
    };
    list.set_text_content(None);
    let make: Make = Rc::new(move |number| make(number).into_iter().collect());
    let coming = Coming { list: list.clone(), at_a_time, count, make, stands: StoredValue::new_local(()) };
    coming.build(0, at_once);
}

struct Coming {
    list: Element,
    at_a_time: usize,
    count: usize,
    make: Make,
    /// Goes with the live part that the elements belong to.
    stands: StoredValue<(), LocalStorage>,
}

impl Coming {
    fn build(self, from: usize, number: usize) {
        let to = self.count.min(from + number);
        (from..to).fold(El::of(&self.list), |list, number| list.all((self.make)(number)));
        if to == self.count {
            return;
        }
        // Their listeners go with the same part.
        let owner = Owner::current();
        dom::after_paint(move || {
            if self.stands.try_with_value(|()| ()).is_none() {
                return;
            }
            let build = move || {
                let at_a_time = self.at_a_time;
                self.build(to, at_a_time);
            };
            match owner {
                Some(owner) => owner.with(build),
                None => build(),
            }
        });
    }
}
