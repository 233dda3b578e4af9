//! Runs what a call asks for and waits for the runtime's promises.
//!
//! wasm-bindgen's own way makes two closures for each promise, registers each for clean-up, and puts whoever is woken into a queue
//! that all requests share. Here one closure serves every promise, and who is woken goes on at once, as an `await` in JavaScript does.

use crate::platform::cloudflare::runtime;
use js_sys::Promise;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::mem::replace;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use worker::send::SendFuture;

/// Gets ready to wait. Called once, when an instance of the module starts.
pub fn listen() {
    runtime::listen(&Closure::<dyn Fn(u32, bool, JsValue)>::new(settle).into_js_value());
}

/// Begins at once with what a call asks for, and goes on whenever what it waits for is there.
pub fn begin(call: &JsValue, work: impl Future<Output = ()> + 'static) {
    let work: Work = Box::pin(SendFuture::new(work));
    runtime::enter(call);
    Arc::new(Task { work: Mutex::new(Some(work)), woken: AtomicBool::new(false) }).go_on();
    runtime::enter(&JsValue::UNDEFINED);
}

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Task {
    work: Mutex<Option<Work>>,
    woken: AtomicBool,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.go_on();
    }
}

impl Task {
    fn go_on(self: Arc<Self>) {
        // One that wakes itself while it is at work is asked again below.
        self.woken.store(true, Ordering::Relaxed);
        let Ok(mut work) = self.work.try_lock() else { return };
        let waker = Waker::from(Arc::clone(&self));
        while self.woken.swap(false, Ordering::Relaxed)
            && let Some(going) = work.as_mut()
        {
            if going.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                *work = None;
            }
        }
    }
}

/// Everybody who waits for a promise, by number.
#[derive(Default)]
struct Waiting {
    last: u32,
    places: BTreeMap<u32, Place>,
}

enum Place {
    Open(Option<Waker>),
    Settled(Result<JsValue, JsValue>),
}

thread_local! {
    static WAITING: RefCell<Waiting> = RefCell::default();
}

/// What a promise comes to.
pub struct Settled {
    place: u32,
}

/// Waits for the promise.
pub fn settled(promise: &Promise) -> Settled {
    let place = WAITING.with_borrow_mut(|waiting| {
        waiting.last = waiting.last.wrapping_add(1);
        waiting.places.insert(waiting.last, Place::Open(None));
        waiting.last
    });
    runtime::wait(promise, place);
    Settled { place }
}

impl Future for Settled {
    type Output = Result<JsValue, JsValue>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        WAITING.with_borrow_mut(|waiting| match waiting.places.remove(&self.place) {
            Some(Place::Settled(result)) => Poll::Ready(result),
            _ => {
                waiting.places.insert(self.place, Place::Open(Some(context.waker().clone())));
                Poll::Pending
            }
        })
    }
}

impl Drop for Settled {
    fn drop(&mut self) {
        WAITING.with_borrow_mut(|waiting| waiting.places.remove(&self.place));
    }
}

fn settle(place: u32, fulfilled: bool, value: JsValue) {
    let result = if fulfilled { Ok(value) } else { Err(value) };
    // Nobody, if who waited has given up.
    let waker = WAITING.with_borrow_mut(|waiting| match replace(waiting.places.get_mut(&place)?, Place::Settled(result)) {
        Place::Open(waker) => waker,
        Place::Settled(_) => None,
    });
    if let Some(waker) = waker {
        waker.wake();
    }
}
