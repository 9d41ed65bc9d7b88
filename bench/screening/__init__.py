"""How well a made list is screened against a store of made parties of many languages."""
