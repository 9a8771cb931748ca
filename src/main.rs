//! The program: reads the command line and does what it says.

fn main() -> std::process::ExitCode {
    nmirf_hub::cli::run(std::env::args_os())
}
