# passes: InitMemRef, AllocateMemoryAddr
# error: this buffer takes bytes 2048 to 3072 of Vec, another one 0 to 4096
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.AIV)
    def main(self, n: pl.Scalar[pl.INDEX]):
        first = pl.system.reserve_buffer(name="first", size=4096)
        second = pl.system.reserve_buffer(name="second", size=1024, base=2048)
