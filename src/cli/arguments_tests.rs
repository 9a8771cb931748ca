#![allow(clippy::unwrap_used)]
use clap::CommandFactory;

use super::*;

fn read(line: &str) -> Result<Arguments, clap::Error> {
    Arguments::try_parse_from(line.split(' '))
}

#[test]
fn the_command_line_fits_together() {
    Arguments::command().debug_assert();
}

#[test]
fn every_command_shows_an_example() {
    fn look(command: &clap::Command, path: &str) {
        let path = format!("{path} {}", command.get_name());
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.contains("Example"), "{path} has no example");
        assert!(command.get_about().is_some(), "{path} says nothing about itself");
        command.get_subcommands().for_each(|inner| look(inner, &path));
    }
    look(&Arguments::command(), "");
}

#[test]
fn every_example_of_the_help_is_a_right_command_line() {
    fn look(command: &clap::Command) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let help = help.replace("\\\n", "");
        for line in help.lines().filter_map(|line| line.strip_prefix("  nmirf-hub ")) {
            let line = line.split(" > ").next().unwrap().replace("\"Hub of Morocco\"", "Hub");
            let words = std::iter::once("nmirf-hub").chain(line.split_whitespace());
            Arguments::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
        }
        command.get_subcommands().for_each(look);
    }
    look(&Arguments::command());
}

#[test]
fn right_command_lines_are_taken() {
    for line in [
        "nmirf-hub demo --once --json --dir x --base-port 5000 --instances 2",
        "nmirf-hub init --entity-id https://a.example --name A --role coordinator",
        "nmirf-hub --config x.toml serve --set listen.address=127.0.0.1:1 --set sync.interval=5s",
        "nmirf-hub serve --config x.toml",
        "nmirf-hub sync",
        "nmirf-hub sync --all",
        "nmirf-hub peer close-conflict https://a.example",
        "nmirf-hub peer add https://a.example --yes abc",
        "nmirf-hub peer add https://a.example --yes -bc",
        "nmirf-hub init --entity-id https://a.example --name A --coordinator https://b.example --yes --bc",
        "nmirf-hub record show -a3ZCOyQmSGkqhSoOV9jIw --json",
        "nmirf-hub record show --json --a3ZCOyQmSGkqhSoOV9jIw",
        "nmirf-hub record withdraw --a3ZCOyQmSGkqhSoOV9jIw --superseded-by --b3ZCOyQmSGkqhSoOV9jIw --yes",
        "nmirf-hub record withdraw practice/1 --superseded-by practice/2 --yes",
        "nmirf-hub import practices.json --kind practices --dry-run --keep-going",
        "nmirf-hub export --format jsonl --kind event",
        "nmirf-hub key show --json",
        "nmirf-hub user add amina --role coordinator --language pt-BR",
        "nmirf-hub token issue --for script --role reader --ttl 30d",
        "nmirf-hub audit --format jsonl",
    ] {
        assert!(read(line).is_ok(), "{line}");
    }
}

#[test]
fn wrong_command_lines_end_with_status_2() {
    for line in [
        "nmirf-hub fly",
        "nmirf-hub sync https://a.example --all",
        "nmirf-hub init --name A",
        "nmirf-hub init --entity-id https://a.example --name A --yes abc",
        "nmirf-hub demo --base-port 0",
        "nmirf-hub import x.json --kind dances",
        "nmirf-hub serve --set address=1",
        "nmirf-hub user add amina",
        "nmirf-hub user add amina --role chief",
        "nmirf-hub token issue --for script --role reader --ttl 8",
        "nmirf-hub token issue --for script --role reader --ttl 400d",
        "nmirf-hub audit --since yesterday --format csv",
    ] {
        assert_eq!(read(line).unwrap_err().exit_code(), 2, "{line}");
    }
}

#[test]
fn a_plural_names_the_kind_too() {
    assert_eq!(kind_word("practices").unwrap(), "practice");
    assert_eq!(kind_word("mechanism").unwrap(), "mechanism");
}
