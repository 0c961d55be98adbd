"""The registers that can be asked."""

from formbuilder.register.registers.skatteverket import Skatteverket

BUILT_IN = (Skatteverket,)
