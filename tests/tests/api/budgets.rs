//! What a browser has to load weighs no more than `tests/budgets.toml` allows.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use anyhow::Context;
use tumo_tests::tests;
use tumo_tests::world::World;
use xtask::budgets::{self, stable_name};

tests![the_site_weighs_no_more_than_it_may];

async fn the_site_weighs_no_more_than_it_may(_: Arc<World>) {
    let files = budgets::files_of_site().expect("the site");
    let mut known = BTreeMap::new();
    let mut weigh = |name: &str| {
        if let Some(weight) = known.get(name) {
            return Ok(*weight);
        }
        let (_, file) = files.iter().find(|(path, _)| stable_name(path) == name).with_context(|| format!("no {name}"))?;
        let weight = budgets::weigh(&fs::read(file)?)?;
        known.insert(name.to_owned(), weight);
        Ok(weight)
    };
    for budget in budgets::all().expect("the budgets") {
        let weight = budget.weight(&mut weigh).expect("a weight");
        assert!(weight <= budget.most, "{} weighs {weight} bytes; it may be {}", budget.name, budget.most);
    }
}
