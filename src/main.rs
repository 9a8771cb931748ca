//! The program: reads the command line and does what it says.

/// Saves a third of the CPU of a list query, which allocates many small texts.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    nmirf_hub::cli::run(std::env::args_os())
}
