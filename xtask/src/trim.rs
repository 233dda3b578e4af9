//! What wasm-bindgen writes, made smaller for the phone: classes that a crate brings along and no script uses, imports that nothing
//! calls any more, and long names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};
use walrus::{ExportItem, Module, passes};

use crate::build_app::BROWSERS;
use crate::process::output;
use crate::setup::Npm;

/// What wasm-bindgen calls its own, in its glue and in the module.
const ITS_NAMES: &str = "^(__wb|__externref|wasm_bindgen)";

/// The glue without the classes that nobody imports: all that is asked of it is its `default`, which starts the module.
pub fn classes(npm: &Npm, glue: &str) -> Result<String> {
    let folder = tempfile::tempdir()?;
    // Both stand in the way of leaving a class out, and do nothing to a class that isn't there.
    let lines: Vec<&str> = glue.lines().filter(|line| !line.starts_with("if (Symbol.dispose)")).collect();
    let glue = lines.join("\n").replace("new FinalizationRegistry(", "/* @__PURE__ */ new FinalizationRegistry(");
    fs::write(folder.path().join("glue.js"), glue)?;
    fs::write(folder.path().join("entry.js"), "export { default } from \"./glue.js\";\n")?;
    output(
        npm.tool("esbuild/bin/esbuild")
            .args(["--bundle", "--format=esm", "--charset=utf8"])
            .arg(folder.path().join("entry.js")),
    )
}

/// The module without the exports that the glue never calls, and the names of those whose functions are gone with them.
pub fn exports(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, BTreeSet<String>)> {
    let called = called(glue);
    let mut module = Module::from_buffer(wasm)?;
    let uncalled = module.exports.iter().filter(|export| !called.contains(export.name.as_str()));
    let uncalled: Vec<_> = uncalled.map(|export| (export.id(), export.name.clone(), export.item)).collect();
    for (id, ..) in &uncalled {
        module.exports.delete(*id);
    }
    // What the linker left for whoever cuts the module; true no longer.
    for section in ["linking", "reloc.CODE", "reloc.DATA"] {
        module.customs.remove_raw(section);
    }
    passes::gc::run(&mut module);
    let left: BTreeSet<usize> = module.funcs.iter().map(|function| function.id().index()).collect();
    // Others go on under another name, or as part of another function.
    let gone = uncalled.into_iter().filter_map(|(_, name, item)| match item {
        ExportItem::Function(id) => (!left.contains(&id.index())).then_some(name),
        _ => None,
    });
    let gone = gone.collect();
    Ok((module.emit_wasm(), gone))
}

/// The names behind `wasm.`.
fn called(glue: &str) -> BTreeSet<&str> {
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
    glue.split("wasm.").skip(1).map(|rest| rest.split_once(|sign| !is_part(sign)).map_or(rest, |(name, _)| name)).collect()
}

/// The glue without the functions that the module doesn't import, and both with short names in place of wasm-bindgen's.
pub fn names(npm: &Npm, wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut module = Module::from_buffer(wasm)?;
    let imported = module.imports.iter().map(|import| import.name.as_str()).collect();
    let folder = tempfile::tempdir()?;
    let (source, cache) = (folder.path().join("glue.js"), folder.path().join("names.json"));
    fs::write(&source, imports(glue, &imported))?;
    fs::write(&cache, "{}")?;
    let glue = output(
        npm.tool("esbuild/bin/esbuild")
            .args(["--minify", "--charset=utf8", "--log-level=warning", BROWSERS])
            .arg(format!("--mangle-props={ITS_NAMES}"))
            .arg(format!("--mangle-cache={}", cache.display()))
            .arg(&source),
    )?;
    let short: BTreeMap<String, String> = serde_json::from_slice(&fs::read(&cache)?).context("esbuild's names")?;
    for import in module.imports.iter_mut() {
        if let Some(short) = short.get(&import.name) {
            import.name.clone_from(short);
        }
    }
    for export in module.exports.iter_mut() {
        if let Some(short) = short.get(&export.name) {
            export.name.clone_from(short);
        }
    }
    Ok((module.emit_wasm(), glue))
}

/// The glue with only these of the functions it offers for import.
fn imports(glue: &str, imported: &BTreeSet<&str>) -> String {
    let mut kept = Vec::new();
    let mut leaving_out = false;
    for line in glue.lines() {
        // As esbuild lays it out: an entry begins and ends with the same indentation.
        if let Some((name, function)) = line.strip_prefix("    ").and_then(|entry| entry.split_once(": "))
            && name.starts_with("__wb")
            && function.ends_with('{')
        {
            leaving_out = !imported.contains(name);
        }
        if !leaving_out {
            kept.push(line);
        } else if line == "    }," || line == "    }" {
            leaving_out = false;
        }
    }
    kept.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
function __wbg_get_imports() {
  const import0 = {
    __proto__: null,
    __wbg_log_1: function(arg0) {
      const shown = {
        value: arg0
      };
      console.log(shown, wasm.memory);
    },
    __wbg_then_2: function(arg0) {
      return wasm.__wbindgen_start(arg0);
    }
  };
}
async function __wbg_init() {
  if (wasm === void 0) {
    __wbg_init_promise = start();
  }
}";

    #[test]
    fn functions_that_the_module_does_not_import_are_left_out() {
        let both = BTreeSet::from(["__wbg_log_1", "__wbg_then_2"]);
        assert_eq!(imports(GLUE, &both), GLUE);
        let first = imports(GLUE, &BTreeSet::from(["__wbg_log_1"]));
        assert!(first.contains("value: arg0\n      };\n      console.log") && !first.contains("__wbg_then_2"), "{first}");
        let second = imports(GLUE, &BTreeSet::from(["__wbg_then_2"]));
        assert!(second.contains("__wbg_then_2") && !second.contains("console.log") && !second.contains("value"), "{second}");
        let none = imports(GLUE, &BTreeSet::new());
        assert!(none.contains("    __proto__: null,\n  };\n}") && none.contains("__wbg_init_promise = start();"), "{none}");
    }

    #[test]
    fn what_the_glue_calls_is_found() {
        assert_eq!(called(GLUE), BTreeSet::from(["memory", "__wbindgen_start"]));
    }
}
