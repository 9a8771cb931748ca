//! `demo`, where it cannot begin.

use std::net::TcpListener;

use crate::support::Instance;

#[test]
fn a_port_that_is_taken_is_named_before_anything_is_written() {
    let here = Instance::nothing("");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let _taken = TcpListener::bind(("127.0.0.1", taken)).unwrap();
    let (dir, port) = (here.path("demo").display().to_string(), taken.to_string());
    let ran = here.run(&["demo", "--dir", &dir, "--base-port", &port, "--instances", "1", "--once"]);
    ran.refused(1, &[&format!("the port {taken} is in use"), "--base-port"]);
    assert!(!here.path("demo").exists());
}

#[test]
fn a_folder_of_other_ports_gets_no_further_instances() {
    let here = Instance::nothing("");
    std::fs::create_dir_all(here.path("demo/coordinator")).unwrap();
    let init = ["init", "--entity-id", "http://127.0.0.1:4901", "--name", "x", "--role", "coordinator"];
    here.run(&init).done();
    std::fs::copy(here.path("hub.toml"), here.path("demo/coordinator/hub.toml")).unwrap();
    let dir = here.path("demo").display().to_string();
    let ran = here.run(&["demo", "--dir", &dir, "--base-port", "4911", "--instances", "2", "--once"]);
    ran.refused(2, &["is the folder of http://127.0.0.1:4901", "--base-port"]);
    assert_eq!(std::fs::read_dir(here.path("demo")).unwrap().count(), 1);
}
