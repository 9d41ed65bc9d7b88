// Lists of watched parties and rows, what was last seen of each, the events that differences made, and who is sent them.
CREATE CONSTRAINT watchlist_id IF NOT EXISTS FOR (n:Watchlist) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT watch_entry_id IF NOT EXISTS FOR (n:WatchEntry) REQUIRE n.id IS UNIQUE;
CREATE INDEX watch_entry_watchlist_id IF NOT EXISTS FOR (n:WatchEntry) ON (n.watchlist_id);
CREATE INDEX watch_entry_entity_id IF NOT EXISTS FOR (n:WatchEntry) ON (n.entity_id);
CREATE INDEX watch_entry_present_id IF NOT EXISTS FOR (n:WatchEntry) ON (n.present_id);
CREATE CONSTRAINT watch_event_number IF NOT EXISTS FOR (n:WatchEvent) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT watch_event_id IF NOT EXISTS FOR (n:WatchEvent) REQUIRE n.id IS UNIQUE;
CREATE INDEX watch_event_watchlist_id IF NOT EXISTS FOR (n:WatchEvent) ON (n.watchlist_id);
CREATE INDEX watch_event_observed_at IF NOT EXISTS FOR (n:WatchEvent) ON (n.observed_at);
CREATE CONSTRAINT webhook_id IF NOT EXISTS FOR (n:Webhook) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT webhook_progress_id IF NOT EXISTS FOR (n:WebhookProgress) REQUIRE n.webhook_id IS UNIQUE;
CREATE CONSTRAINT webhook_failure_key IF NOT EXISTS FOR (n:WebhookFailure) REQUIRE (n.webhook_id, n.number) IS UNIQUE;
CREATE INDEX event_other_id IF NOT EXISTS FOR (n:Event) ON (n.other_id);
