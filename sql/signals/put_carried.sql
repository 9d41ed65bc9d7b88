-- How much of what the sender holds arrives at the receiver, by profile.
-- batch: profile STRING, sender_id STRING, receiver_id STRING, coefficient FLOAT
-- out:   nothing
-- order: none
-- user:  graph/signals/in_store_propagation.py
INSERT INTO carried (
  profile, sender_id, receiver_id, coefficient
) VALUES (
  :profile, :sender_id, :receiver_id, :coefficient
) ON CONFLICT (profile, sender_id, receiver_id) DO UPDATE SET coefficient = excluded.coefficient
