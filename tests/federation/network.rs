//! A network of real instances: a coordinator and nationals that it has admitted.

use std::time::Duration;

use nmirf_hub::{config::Config, journal::publish, register};

use crate::{
    instance::{Instance, to_half_past},
    support::POSTGRES,
};

/// The coordinator first, then the nationals.
pub struct Network {
    pub all: Vec<Instance>,
}

impl Network {
    /// Of quiet instances: the coordinator and one of each country, all admitted.
    pub async fn quiet(countries: &[&'static str]) -> Self {
        Self::quiet_with(|_| (), countries).await
    }

    /// As [`Self::quiet`], of instances with a configuration that the test changes.
    pub async fn quiet_with(change: impl Fn(&mut Config), countries: &[&'static str]) -> Self {
        let mut network = Self::founded(countries, false).await;
        for instance in &mut network.all {
            change(&mut instance.config);
            instance.answer().await;
        }
        network
    }

    /// As [`Self::quiet`], of instances whose rounds would be this far apart.
    pub async fn quiet_every(interval: Duration, countries: &[&'static str]) -> Self {
        Self::quiet_with(|config| config.sync.interval = interval, countries).await
    }

    /// Of instances that pull each other every 200 ms.
    pub async fn awake(countries: &[&'static str]) -> Self {
        Self::awake_every(Duration::from_millis(200), countries).await
    }

    /// Of instances that pull each other in this time.
    pub async fn awake_every(interval: Duration, countries: &[&'static str]) -> Self {
        Self::founded(countries, false).await.serving(interval).await
    }

    /// As [`Self::awake_every`], by the machine's own clock: commands know no other, and an assertion is good for five
    /// minutes of the receiver's.
    pub async fn awake_for_commands(interval: Duration, countries: &[&'static str]) -> Self {
        let network = Self::founded(countries, false).await;
        network.later(-to_half_past());
        network.serving(interval).await
    }

    async fn serving(self, interval: Duration) -> Self {
        let mut network = self;
        // All listen before the first one calls.
        let mut listeners = Vec::new();
        for instance in &network.all {
            listeners.push(instance.listen().await);
        }
        for (instance, listener) in network.all.iter_mut().zip(listeners) {
            instance.config.sync.interval = interval;
            instance.serve_on(listener).await;
        }
        network
    }

    /// As [`Self::quiet`], on PostgreSQL, if there is a server.
    pub async fn quiet_on_postgres(countries: &[&'static str]) -> Option<Self> {
        std::env::var(POSTGRES).ok().filter(|server| !server.is_empty())?;
        let mut network = Self::founded(countries, true).await;
        for instance in &mut network.all {
            instance.answer().await;
        }
        Some(network)
    }

    async fn founded(countries: &[&'static str], postgres: bool) -> Self {
        let mut all = vec![Instance::new(None, None, postgres).await];
        for country in countries {
            let national = Instance::new(Some(country), Some(&all[0]), postgres).await;
            all.push(national);
        }
        let coordinator = all[0].open().await;
        let key = &coordinator.author().key;
        register::found_network(coordinator.store(), coordinator.entity_id(), key, coordinator.now()).await.unwrap();
        publish::sign_if_due(coordinator.store(), &coordinator.author(), coordinator.now()).await.unwrap();
        coordinator.catch_up().await.unwrap();
        let members = (1..).zip(&all[1..]).map(|(number, national)| national.membership(number, "active")).collect();
        coordinator.publish(members, &|_| {}).await.unwrap();
        coordinator.store().close().await;
        Self { all }
    }

    pub fn coordinator(&self) -> &Instance {
        &self.all[0]
    }

    pub fn national(&self, country: &str) -> &Instance {
        self.all.iter().find(|instance| instance.country == Some(country)).unwrap()
    }

    /// MA and PT, as most tests have them.
    pub fn two(&self) -> (&Instance, &Instance) {
        (self.national("MA"), self.national("PT"))
    }

    /// Everybody's clock goes forward.
    pub fn later(&self, milliseconds: i64) {
        for instance in &self.all {
            instance.later(milliseconds);
        }
    }

    /// The coordinator says that the member of this number has another status, and signs it.
    pub async fn set_status(&self, number: u64, status: &str) {
        let member = self.all[usize::try_from(number).unwrap()].membership(number, status);
        self.coordinator().publish(vec![member]).await;
    }
}
