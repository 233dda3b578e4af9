//! What somebody has set who sees or bears less: colours of their own, no movements.

use serde_json::Value;

use super::is_clean;
use crate::phone::Phone;

/// What [`settings.js`](./settings.js) finds fault with.
const CONTROLS: &str = include_str!("settings.js");

/// Longer than this, a change is seen as a movement, in milliseconds.
const BLINK: u32 = 100;

/// Whoever wants no movements sees none: no animation, and no change that takes longer than a blink.
pub async fn moves_nothing(phone: &Phone, name: &str) {
    const MOVING: &str = "
        const longest = (list) => Math.max(...list.split(',').map((time) => parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000)));
        return [...document.querySelectorAll('*')].flatMap((element) => [null, '::before', '::after'].filter((part) => {
            const style = getComputedStyle(element, part);
            const moves = style.animationName !== 'none' && longest(style.animationDuration) > arguments[0];
            return moves || longest(style.transitionDuration) > arguments[0];
        }).map((part) => element.outerHTML.slice(0, 120) + (part ?? '')))";
    is_clean(&format!("{name} moves"), &phone.asks::<Vec<Value>>(MOVING, vec![BLINK.into()]).await);
}

/// Whoever has set colours of their own sees where the controls are, and which are chosen.
pub async fn shows_its_controls(phone: &Phone, name: &str) {
    is_clean(&format!("{name} in forced colours"), &phone.asks::<Vec<Value>>(CONTROLS, vec![]).await);
}
