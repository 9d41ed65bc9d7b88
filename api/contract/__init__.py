"""The screening contract of the field: parties as FollowTheMoney entities, and what its clients ask of them."""
