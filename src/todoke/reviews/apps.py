from todoke.runtime.rooms import RoomConfig


class ReviewsConfig(RoomConfig):
    name = "todoke.reviews"
    verbose_name = "見直し"
    permissions = "todoke.reviews.permissions"
