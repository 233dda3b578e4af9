//! The phone's own connection.

use serde_json::json;

use super::Phone;
use crate::weak_network::WeakNetwork;

impl Phone {
    /// Goes into a lift: no connection at all.
    pub async fn loses_the_network(&self) {
        self.is_offline(true).await;
    }

    /// Comes out of the lift.
    pub async fn finds_the_network(&self) {
        self.is_offline(false).await;
    }

    /// No connection, and nothing passes on the network between: neither for the page nor for its service worker.
    pub async fn is_cut_off(&self, network: &WeakNetwork) {
        network.dies();
        self.loses_the_network().await;
    }

    /// Doesn't get through to addresses like this one, as behind a strict or broken filter.
    pub async fn cannot_reach(&self, addresses: &str) {
        self.devtools("Network.enable", json!({})).await;
        self.devtools("Network.setBlockedURLs", json!({ "urls": [addresses] })).await;
    }

    /// Gets through to everything again.
    pub async fn reaches_everything(&self) {
        self.devtools("Network.setBlockedURLs", json!({ "urls": [] })).await;
    }

    /// Gets this many bytes a second and no more; none: as many as there are.
    pub async fn has_a_network_of(&self, bytes_a_second: Option<u32>) {
        self.devtools("Network.enable", json!({})).await;
        let down = bytes_a_second.map_or(-1, i64::from);
        let limited = json!({ "offline": false, "latency": 0, "downloadThroughput": down, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", limited).await;
    }

    async fn is_offline(&self, offline: bool) {
        self.devtools("Network.enable", json!({})).await;
        let unlimited = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", unlimited).await;
        self.waits_for("the browser to notice", "return navigator.onLine !== arguments[0]", vec![offline.into()]).await;
    }
}
