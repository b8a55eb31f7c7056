from todoke.runtime.rooms import RoomConfig


class PlacesConfig(RoomConfig):
    name = "todoke.places"
    verbose_name = "場所"
    permissions = "todoke.places.permissions"
