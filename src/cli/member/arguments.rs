//! What the commands of `member` take.

use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::cli::arguments::{Show, day};
use crate::cli::trust::arguments::{Handover, MemberKey};
use crate::record::{CountryCode, LanguageTag, MemberRole};
use crate::register::membership::CaseStatus;

/// `member …`. A member is named by its entityId, its country's code or its global id.
#[derive(Debug, Subcommand)]
pub enum Member {
    /// List the members, on any day
    #[command(after_help = "Example:\n  nmirf-hub member list --as-of 2025-01-01")]
    List(List),
    /// List a member that runs no instance
    #[command(after_help = "When its instance applies later, the same record gets it.\n\n\
                            Example:\n  nmirf-hub member add CH --name en=\"Mechanism of Switzerland\" --from 2026-03-01")]
    Add(Add),
    /// Apply to the coordinator for this instance, and ask how the application stands
    #[command(
        after_help = "Example:\n  nmirf-hub member apply --contact \"office@example.org\"\n  nmirf-hub member apply --status"
    )]
    Apply(Apply),
    /// List the applications, or show one
    #[command(
        after_help = "Example:\n  nmirf-hub member applications --status applied\n  nmirf-hub member applications 7 --contact"
    )]
    Applications(Applications),
    /// Take an application up, admit or reject it
    #[command(
        after_help = "Before an admission, call the ministry on a number known before and let it read the thumbprint\n\
                            that its `member apply` shows; compare what you see, and type the last seven characters.\n\n\
                            Example:\n  nmirf-hub member decide 7 --review \"Who runs the instance?\"\n  \
                            nmirf-hub member decide 7 --admit --thumbprint-tail rG8b2Qw"
    )]
    Decide(Decide),
    /// Suspend a member
    #[command(after_help = "Its journals are pulled from nobody and served to nobody; its copies stay, labelled.\n\n\
                            Example:\n  nmirf-hub member suspend MA --reason \"Decision of 3 March\"")]
    Suspend(Change),
    /// End a suspension
    #[command(after_help = "Example:\n  nmirf-hub member reinstate MA --reason \"Decision of 9 June\"")]
    Reinstate(Change),
    /// Record that a member has left
    #[command(after_help = "Its copies are purged at every instance after [sync] purge_after; its record stays.\n\n\
                            Example:\n  nmirf-hub member withdraw MA --reason \"By its letter of 2 May\"")]
    Withdraw(Change),
    /// Give a member a role for a term
    #[command(
        after_help = "Example:\n  nmirf-hub member role PT executive-committee --from 2026-05-09 --until 2028-05-09"
    )]
    Role(AssignRole),
    /// Persons to call at the members; kept here alone
    #[command(
        name = "focal-points",
        after_help = "Example:\n  nmirf-hub member focal-points --format csv > focal-points.csv\n  \
                      nmirf-hub member focal-points --add MA --name \"A. Person\" --email a.person@example.org"
    )]
    FocalPoints(FocalPoints),
    /// Keys of members in the register
    #[command(
        subcommand,
        after_help = "Example:\n  nmirf-hub member key confirm MA \"kPrK _qmx VWaY VA9w wBF6 Iuo3 vVzz 7TxH CTwX Bygr S4k\""
    )]
    Key(MemberKey),
    /// Hand the register over to another coordinator, or take it over
    Handover(Handover),
}

/// A member by what people know of it.
#[derive(Debug, Args)]
pub struct Named {
    /// entityId, country code or global id
    #[arg(value_name = "MEMBER", allow_hyphen_values = true)]
    pub member: String,
}

/// `member list`.
#[derive(Debug, Args)]
pub struct List {
    /// As it was on this day; today by default
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub as_of: Option<Date>,
    /// Only those whose term ends within 90 days
    #[arg(long)]
    pub ending: bool,
    /// Also those that have left
    #[arg(long)]
    pub all: bool,
    /// How the list is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `member add`.
#[derive(Debug, Args)]
pub struct Add {
    /// Two capital letters
    #[arg(value_name = "CC", value_parser = country)]
    pub country: CountryCode,
    /// Name in a language; may be repeated
    #[arg(long, value_name = "LANGUAGE=TEXT", value_parser = localized)]
    pub name: Vec<(String, String)>,
    /// Role
    #[arg(long, value_enum, default_value_t = RoleWord::Member)]
    pub role: RoleWord,
    /// First day; today by default
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub from: Option<Date>,
    /// Public reason
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// How the member is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `member apply`.
#[derive(Debug, Args)]
pub struct Apply {
    /// How the coordinator can reach the office; erased 90 days after the decision
    #[arg(long, value_name = "TEXT", conflicts_with = "status")]
    pub contact: Option<String>,
    /// Ask how the application stands, and make none
    #[arg(long)]
    pub status: bool,
    /// How it is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `member applications`.
#[derive(Debug, Args)]
pub struct Applications {
    /// Only the case of this number
    #[arg(value_name = "NUMBER", conflicts_with = "status")]
    pub number: Option<i32>,
    /// Only those in this state; may be repeated
    #[arg(long, value_enum)]
    pub status: Vec<StatusWord>,
    /// Show the contact too; each reading is logged
    #[arg(long, requires = "number")]
    pub contact: bool,
    /// How they are shown.
    #[command(flatten)]
    pub show: Show,
}

/// `member decide`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("decision").required(true).args(["review", "admit", "reject"]))]
pub struct Decide {
    /// Number of the case
    #[arg(value_name = "NUMBER")]
    pub number: i32,
    /// Take it up; a question goes to the applicant
    #[arg(long, value_name = "TEXT", num_args = 0..=1, default_missing_value = "")]
    pub review: Option<String>,
    /// Make it a member
    #[arg(long, requires = "thumbprint_tail")]
    pub admit: bool,
    /// The last seven characters of the thumbprint, as the ministry reads them
    #[arg(long, value_name = "XXXXXXX", requires = "admit", allow_hyphen_values = true)]
    pub thumbprint_tail: Option<String>,
    /// Role of a new member
    #[arg(long, value_enum, default_value_t = RoleWord::Member, requires = "admit")]
    pub role: RoleWord,
    /// A word to the applicant
    #[arg(long, value_name = "TEXT", requires = "admit")]
    pub message: Option<String>,
    /// Turn it down, with the reason, for the applicant alone
    #[arg(long, value_name = "TEXT")]
    pub reject: Option<String>,
    /// How the case is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `member suspend`, `reinstate` and `withdraw`.
#[derive(Debug, Args)]
pub struct Change {
    /// Which member.
    #[command(flatten)]
    pub named: Named,
    /// Public reason
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// How the member is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `member role`.
#[derive(Debug, Args)]
pub struct AssignRole {
    /// Which member.
    #[command(flatten)]
    pub named: Named,
    /// Role
    #[arg(value_enum)]
    pub role: RoleWord,
    /// First day; today by default
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub from: Option<Date>,
    /// The first day after the term; from then on it is a plain member
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub until: Option<Date>,
    /// Public reason
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// How the member is shown.
    #[command(flatten)]
    pub show: Show,
}

/// `member focal-points`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").args(["add", "change", "delete"]))]
pub struct FocalPoints {
    /// Add a person to this member
    #[arg(long, value_name = "MEMBER", allow_hyphen_values = true)]
    pub add: Option<String>,
    /// Change the person with this id; what is not given is cleared, but the name
    #[arg(long, value_name = "ID")]
    pub change: Option<String>,
    /// Delete the person with this id, for good
    #[arg(long, value_name = "ID")]
    pub delete: Option<String>,
    /// Name of the person
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// Function
    #[arg(long, value_name = "TEXT")]
    pub function: Option<String>,
    /// E-mail
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,
    /// Telephone
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub telephone: Option<String>,
    /// Format of the list
    #[arg(long, value_enum, conflicts_with = "json")]
    pub format: Option<ListFormat>,
    /// How the list is shown.
    #[command(flatten)]
    pub show: Show,
}

/// Formats of a list of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For a spreadsheet or a mailing list
    Csv,
}

/// The word for a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleWord {
    /// A member like any other
    Member,
    /// Takes part without a vote
    Observer,
    /// Of the executive committee
    ExecutiveCommittee,
    /// Coordinates the network
    Coordinator,
}

impl From<RoleWord> for MemberRole {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Member => Self::Member,
            RoleWord::Observer => Self::Observer,
            RoleWord::ExecutiveCommittee => Self::ExecutiveCommittee,
            RoleWord::Coordinator => Self::Coordinator,
        }
    }
}

/// The word for where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StatusWord {
    /// It came
    Applied,
    /// It is looked at
    UnderReview,
    /// There is a member
    Admitted,
    /// It was turned down
    Rejected,
}

impl From<StatusWord> for CaseStatus {
    fn from(word: StatusWord) -> Self {
        match word {
            StatusWord::Applied => Self::Applied,
            StatusWord::UnderReview => Self::UnderReview,
            StatusWord::Admitted => Self::Admitted,
            StatusWord::Rejected => Self::Rejected,
        }
    }
}

fn country(text: &str) -> Result<CountryCode, String> {
    CountryCode::parse(text).ok_or_else(|| "two capital letters such as MA are wanted".to_owned())
}

fn localized(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((language, name)) if LanguageTag::parse(language).is_some() => Ok((language.to_owned(), name.to_owned())),
        _ => Err("a language and a text such as en=\"Mechanism of Morocco\" are wanted".to_owned()),
    }
}
