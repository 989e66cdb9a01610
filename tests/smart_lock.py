"""A lock of Clova Home that notes what it was told."""

from clova_flask.home import Appliance, action


class Lock(Appliance, type="SMARTLOCK"):
    opened = []

    @action("SetLockState")
    def set_state(self, lock_state: str):
        self.opened.append(self.id)
        return lock_state
