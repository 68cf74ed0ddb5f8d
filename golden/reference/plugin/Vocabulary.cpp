// The lists, by what the operators are for. To add one, check that all it does is compute a value from its operands:
// no file, no device, no global state, no random number, no memory that it does not check or initialize.
#include "golden/reference/plugin/Vocabulary.h"
#include "base/NearestName.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <algorithm>
#include <set>
#include <vector>

namespace pto::golden {
namespace {

using llvm::StringRef;

constexpr const char *allowedLists[] = {
    // Arithmetic, element by element.
    "abs absolute add addcdiv addcmul ceil clamp clamp_max clamp_min clip copysign div divide fabs fix float_power "
    "floor floor_divide floordiv fmod frac frexp gcd heaviside hypot lcm ldexp lerp mathremainder modf mul multiply "
    "nan_to_num neg negative nextafter positive pow reciprocal remainder round rsqrt rsub sgn sign signbit sqrt square "
    "sub subtract true_divide trunc",
    // Functions of analysis, element by element.
    "acos acosh arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh cos cosh deg2rad "
    "degrees digamma erf erfc erfinv exp exp2 expm1 factorial gamma i0 igamma igammac lgamma log log10 log1p log2 "
    "logaddexp logaddexp2 logit rad2deg radians sin sinc sinh special_digamma special_entr special_erf special_erfc "
    "special_erfcx special_erfinv special_exp2 special_expit special_expm1 special_gammainc special_gammaincc "
    "special_gammaln special_i0 special_i0e special_i1 special_i1e special_log1p special_log_ndtr special_logit "
    "special_ndtr special_ndtri special_psi special_round special_sinc special_xlog1py special_xlogy special_zeta tan "
    "tanh xlogy",
    // Comparisons, logic, bits.
    "__and__ __iand__ __ilshift__ __ior__ __irshift__ __ixor__ __lshift__ __or__ __rshift__ __xor__ all allclose any "
    "bitwise_and bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor eq equal fmax fmin ge "
    "greater "
    "greater_equal gt isclose isfinite isin isinf isnan isneginf isposinf isreal le less less_equal logical_and "
    "logical_not logical_or logical_xor lt maximum minimum ne not_equal where",
    // Activations and normalizations.
    "batch_norm celu elu gelu glu group_norm hardshrink hardsigmoid hardswish hardtanh instance_norm layer_norm "
    "leaky_relu log_sigmoid log_softmax mish native_layer_norm prelu relu relu6 selu sigmoid silu softmax "
    "softplus softshrink special_log_softmax special_softmax threshold",
    // Reductions and running sums.
    "amax amin aminmax argmax argmin bincount count_nonzero cummax cummin cumprod cumsum cumulative_trapezoid diff "
    "dist "
    "kthvalue linalg_matrix_norm linalg_norm linalg_vector_norm logcumsumexp logsumexp max mean median min mode "
    "nanmean "
    "nanmedian nanquantile nansum norm prod quantile special_logsumexp std std_mean sum trapezoid trapz "
    "unique_consecutive "
    "unique_dim var var_mean",
    // Products of matrices, convolutions, pooling.
    "adaptive_avg_pool1d adaptive_avg_pool2d adaptive_max_pool1d adaptive_max_pool2d addbmm addmm addmv addr "
    "avg_pool1d avg_pool2d avg_pool3d baddbmm bmm cdist chain_matmul col2im conv1d conv2d conv3d conv_transpose1d "
    "conv_transpose2d conv_transpose3d cosine_similarity cross dot einsum ger im2col inner kron linalg_cross "
    "linalg_matmul linalg_multi_dot linalg_vecdot linear matmul max_pool1d max_pool2d max_pool3d mm mv outer tensordot "
    "trace tril triu vdot",
    // Sorting, picking, placing.
    "argsort argwhere bucketize diag diag_embed diagflat diagonal diagonal_scatter embedding fill_diagonal gather "
    "index "
    "index_add index_copy index_fill index_put index_select masked_fill masked_scatter masked_select msort narrow "
    "nonzero nonzero_numpy one_hot put scatter scatter_add scatter_reduce select select_scatter slice slice_scatter "
    "sort take take_along_dim topk",
    // Shapes.
    "T alias atleast_1d atleast_2d atleast_3d block_diag broadcast_tensors broadcast_to cartesian_prod cat chunk clone "
    "column_stack combinations concat concatenate constant_pad_nd contiguous copy detach dsplit dstack expand "
    "expand_as "
    "flatten flip fliplr flipud hsplit hstack mH mT matrix_H meshgrid moveaxis movedim numpy_T pad permute "
    "pixel_shuffle pixel_unshuffle ravel reflection_pad1d reflection_pad2d repeat repeat_interleave replication_pad1d "
    "replication_pad2d reshape reshape_as roll rot90 row_stack split split_with_sizes squeeze stack swapaxes swapdims "
    "t "
    "tensor_split tile transpose unbind unflatten unfold unsqueeze view view_as vsplit vstack",
    // New tensors, all of whose elements are said.
    "arange as_tensor eye fill full full_like linspace logspace new_full new_ones new_zeros ones ones_like range "
    "scalar_tensor tensor tril_indices triu_indices vander zero zeros zeros_like",
    // What a tensor is, and its types.
    "Bool Float FloatImplicit Int IntImplicit ScalarImplicit can_cast cpu dim element_size is_complex is_contiguous "
    "is_floating_point is_nonzero is_same_size is_signed item len numel promote_types result_type size storage_offset "
    "stride to type_as",
    // Numbers, texts, lists and dictionaries of the language.
    "Delete __contains__ __derive_index __getitem__ __is__ __isnot__ __not__ __range_length _set_item append bin "
    "capitalize "
    "chr clear count dict divmod endswith extend find format get hex insert isalpha isdigit islower isupper items join "
    "keys list lower lstrip oct ord percentFormat pop popitem remove replace reverse rfind rstrip setdefault sorted "
    "splitlines startswith str strip update upper values",
};

// What the compiler makes of statements and displays; none of it has a name in a golden.
constexpr const char *primitives =
    "CallFunction Constant DictConstruct If ListConstruct ListUnpack Loop NumToTensor Print RaiseException StringIndex "
    "TupleConstruct TupleIndex TupleSlice TupleUnpack Uninitialized abs data device dtype is_cpu is_cuda is_quantized "
    "is_sparse isinstance layout max min rangelist requires_grad tolist unchecked_cast unchecked_unwrap_optional";

constexpr struct {
  const char *names, *why;
} refusals[] = {
    {"empty empty_like empty_strided new_empty new_empty_strided",
     "gives memory that nobody wrote; use torch.zeros, or torch.full with a value"},
    {"as_strided as_strided_copy as_strided_scatter _reshape_alias _reshape_alias_copy set set_data resize resize_as "
     "resize_sparse _unsafe_view",
     "can reach outside of a tensor's memory; use reshape, a slice, expand or unfold"},
    {"from_file", "reads and writes files; an input takes its values from one by `init: { file: PATH }`"},
    {"save load", "touches files; a golden returns what it computes, and `--keep-temps` keeps it"},
    {"device cuda pin_memory", "chooses a device; a golden runs on the CPU, leave it out"},
    {"searchsorted", "does not check its indices; use torch.bucketize"},
    {"histc histogram", "does not check its indices; use torch.bincount of torch.bucketize"},
    {"nn", "is a module of Python; its functions are in torch: torch.gelu for torch.nn.functional.gelu"},
    {"linalg special", "is a module of Python; its functions are in torch: torch.linalg_norm, torch.special_ndtr"},
    {"jit ops classes autograd fft sparse random distributed", "is a module of Python that goldens do not have"},
    {"no_grad enable_grad inference_mode set_grad_enabled", "has nothing to do: a golden computes no gradients"},
    {"warn", "writes to the terminal; use print, which becomes a note of the case"},
    {"rand randn randint randperm rand_like randn_like randint_like normal uniform bernoulli dropout multinomial "
     "random exponential geometric cauchy log_normal poisson rrelu manual_seed seed",
     "draws random numbers, and a golden must be deterministic; take them as an input of the case"},
};

std::set<StringRef> wordsOf(llvm::ArrayRef<const char *> lists) {
  std::set<StringRef> words;
  for (StringRef list : lists) {
    llvm::SmallVector<StringRef, 128> names;
    list.split(names, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
    words.insert(names.begin(), names.end());
  }
  return words;
}

const std::set<StringRef> &operators() {
  static const std::set<StringRef> names = wordsOf(allowedLists);
  return names;
}

StringRef pureForm(StringRef name) {
  return name.ends_with("_") && !name.ends_with("__") ? name.drop_back() : name;
}

const char *knownReason(StringRef name) {
  for (const auto &refusal : refusals) {
    std::set<StringRef> names = wordsOf(refusal.names);
    if (names.count(name) || names.count(pureForm(name)))
      return refusal.why;
  }
  return nullptr;
}

} // namespace

bool isAllowedOperator(std::string_view qualifiedName) {
  auto [space, name] = StringRef(qualifiedName).split("::");
  if (space == "pto")
    return true;
  if (space == "prim") {
    static const std::set<StringRef> names = wordsOf(primitives);
    return names.count(name);
  }
  return space == "aten" && (operators().count(name) || operators().count(pureForm(name)));
}

bool isKnownRefusal(std::string_view qualifiedName) {
  return knownReason(StringRef(qualifiedName).split("::").second) != nullptr;
}

std::string refusalOf(std::string_view qualifiedName) {
  StringRef name = StringRef(qualifiedName).split("::").second;
  if (const char *reason = knownReason(name))
    return reason;
  return "is not among the operators that a golden may use" +
         didYouMean(pureForm(name), std::vector<StringRef>(operators().begin(), operators().end()));
}

} // namespace pto::golden
