//! The index follows the catalogue: made in the background after a start, brought on after each change.

use std::{sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;

use super::Hub;

/// Changes that come close together are taken in one step; a change is found within a second.
const PAUSE: Duration = Duration::from_millis(200);

impl Hub {
    /// Keeps the index behind the catalogue until the process is told to stop.
    pub async fn keep_index(self: Arc<Self>, stop: CancellationToken) {
        let mut moments = self.moments();
        loop {
            moments.mark_unchanged();
            let hub = self.clone();
            if let Err(fault) = tokio::task::spawn_blocking(move || hub.index.follow(&hub.snapshot())).await {
                tracing::error!("the index of words cannot follow the catalogue: {fault}");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(PAUSE) => {}
            }
            tokio::select! {
                () = stop.cancelled() => return,
                next = moments.changed() => if next.is_err() { return },
            }
        }
    }
}
