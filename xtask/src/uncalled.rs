//! Takes out of a bundle what is never called, although the compiler cannot know.

use std::collections::HashSet;

use anyhow::{Result, bail};
use walrus::ir::{Call, Visitor, dfs_in_order};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module};

/// Whatever Leptos keeps without its type can become interactive in two ways: at once, or waiting for code that is
/// loaded later. We load none later, but a pointer to the second way lies beside the first, so that the compiler
/// keeps it: a fifth of a bundle.
const WAITING: &str = "13hydrate_async";
/// What such a function's future does.
const FUTURE: &str = "28_$u7b$$u7b$closure$u7d$$u7d$";

/// Leaves of each function that waits for code no more than a trap, and returns how many there were. What only they
/// called goes when the bundle is bound.
pub fn cut(module: &mut Module) -> Result<usize> {
    let waiting: HashSet<FunctionId> = (module.funcs.iter_local())
        .map(|(id, _)| id)
        .filter(|id| module.funcs.get(*id).name.as_deref().is_some_and(waits))
        .collect();
    let mut called = HashSet::new();
    for (id, function) in module.funcs.iter_local() {
        if !waiting.contains(&id) {
            dfs_in_order(&mut Calls(&mut called), function, function.entry_block());
        }
    }
    let uncalled: Vec<_> = waiting.difference(&called).copied().collect();
    if uncalled.is_empty() {
        bail!("no function is called {WAITING}: does the compiler or Leptos name it otherwise now?");
    }
    for id in &uncalled {
        let trap = trap(module, *id);
        module.funcs.get_mut(*id).kind = FunctionKind::Local(trap);
    }
    Ok(uncalled.len())
}

/// Functions that others call by name. The compiler joins functions of equal content, so one with a name that waits may
/// serve others.
struct Calls<'a>(&'a mut HashSet<FunctionId>);

impl<'instr> Visitor<'instr> for Calls<'_> {
    fn visit_call(&mut self, call: &Call) {
        self.0.insert(call.func);
    }
}

/// Whether a mangled name is that of the function or its future. Not of what is defined within them: that may be
/// joined with its like of the way that is used.
fn waits(name: &str) -> bool {
    let Some((path, hash)) = name.strip_suffix('E').and_then(|name| name.rsplit_once("17h")) else {
        return false;
    };
    let path = path.strip_suffix(FUTURE).unwrap_or(path);
    hash.len() == 16 && path.ends_with(WAITING)
}

fn trap(module: &mut Module, id: FunctionId) -> LocalFunction {
    let of = module.types.get(module.funcs.get(id).ty());
    let (parameters, results) = (of.params().to_vec(), of.results().to_vec());
    let locals = parameters.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut function = FunctionBuilder::new(&mut module.types, &parameters, &results);
    function.func_body().unreachable();
    function.local_func(locals)
}

#[cfg(test)]
mod tests {
    use super::waits;

    #[test]
    fn only_the_function_and_its_future_are_meant() {
        assert!(waits("_ZN8into_any13hydrate_async17h0123456789abcdefE"));
        assert!(waits("_ZN8into_any13hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE"));
        for other in [
            "_ZN8into_any19hydrate_from_server17h0123456789abcdefE",
            "_ZN8into_any13hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$4prep17h0123456789abcdefE",
            "_ZN4core3ptr20drop_in_place$LT$13hydrate_async$GT$17h0123456789abcdefE",
            "hydrate_async",
        ] {
            assert!(!waits(other), "{other}");
        }
    }
}
