// Why something that can be written is not simulated. Refusals say it, and the reference of the operations.
#include "sim/Simulator.h"

namespace pto::sim {

struct Reason {
  llvm::StringLiteral op, form, lanes; ///< how their names begin
  llvm::StringLiteral why;
};

constexpr llvm::StringLiteral smallFloat = "the hardware only loads, stores and converts lanes of this type";
constexpr llvm::StringLiteral undefinedForm =
    "the editions of the manual disagree about which elements it takes, and this chip's toolkit refuses it";
constexpr llvm::StringLiteral noClock = "what a clock shows depends on the machine, and no document gives its cycles";
constexpr llvm::StringLiteral noCrossBlock =
    "which cores of the other clusters such a signal reaches is not documented";
constexpr llvm::StringLiteral tileLevel = "of the tile level, it is read and checked only";
constexpr llvm::StringLiteral otherDevices =
    "it is of transfers beside the kernel or between devices; one device is simulated";
constexpr llvm::StringLiteral otherChips = "it is for other chips";

constexpr Reason reasons[] = {
    {"", "", "i64", "the hardware only loads and stores 64-bit lanes"},
    {"", "", "ui64", "the hardware only loads and stores 64-bit lanes"},
    {"", "", "f8", smallFloat},
    {"", "", "hif8", smallFloat},
    {"", "", "f4", smallFloat},
    {"pto.vlds", "SPLT", "", undefinedForm},
    {"pto.vldsx2", "BDINTLV", "", undefinedForm},
    {"pto.vsts", "MRG", "", undefinedForm},
    {"pto.get_clock32", "", "", noClock},
    {"pto.get_clock64", "", "", noClock},
    {"pto.set_cross_block", "", "", noCrossBlock},
    {"pto.wait_cross_block", "", "", noCrossBlock},
    {"pto.t", "", "", tileLevel},
    {"pto.get_tensor_view", "", "", tileLevel},
    {"pto.aic_", "", "", tileLevel},
    {"pto.aiv_", "", "", tileLevel},
    {"pto.alloc_", "", "", tileLevel},
    {"pto.barrier_sync", "", "", tileLevel},
    {"pto.cmo.", "", "", tileLevel},
    {"pto.declare_", "", "", tileLevel},
    {"pto.eventid_", "", "", tileLevel},
    {"pto.fence.", "", "", tileLevel},
    {"pto.import_", "", "", tileLevel},
    {"pto.initialize_", "", "", tileLevel},
    {"pto.inttoptr", "", "", tileLevel},
    {"pto.ptrtoint", "", "", tileLevel},
    {"pto.local_array", "", "", tileLevel},
    {"pto.mgather", "", "", tileLevel},
    {"pto.mscatter", "", "", tileLevel},
    {"pto.multi_tile", "", "", tileLevel},
    {"pto.print", "", "", tileLevel},
    {"pto.record_event", "", "", tileLevel},
    {"pto.wait_event", "", "", tileLevel},
    {"pto.reserve_", "", "", tileLevel},
    {"pto.set_ffts", "", "", tileLevel},
    {"pto.struct_", "", "", tileLevel},
    {"pto.syncall", "", "", tileLevel},
    {"pto.comm.", "", "", otherDevices},
    {"pto.build_async", "", "", otherDevices},
    {"pto.wait_async", "", "", otherDevices},
    {"pto.get_prefetch", "", "", otherDevices},
    {"pto.make_prefetch", "", "", otherDevices},
    {"pto.vselrv2", "", "", otherChips},
    {"pto.vintlvv2", "", "", otherChips},
    {"pto.vdintlvv2", "", "", otherChips},
};

llvm::StringRef whyNotSimulated(const OpForm &form) {
  for (const Reason &reason : reasons)
    if (llvm::StringRef(form.op).starts_with(reason.op) && llvm::StringRef(form.form).starts_with(reason.form) &&
        llvm::StringRef(form.lanes).starts_with(reason.lanes))
      return reason.why;
  return "";
}

} // namespace pto::sim
