// The operators a golden may use. What is not listed is refused: LibTorch also has operators that write files, reach
// outside of a tensor's memory, or hand out memory that nobody wrote.
#pragma once

#include <string>
#include <string_view>

namespace pto::golden {

/// By its qualified name without the overload, "aten::add_". An in-place form is allowed where its pure form is.
bool isAllowedOperator(std::string_view qualifiedName);

/// Whether there is more to say than that it is not listed.
bool isKnownRefusal(std::string_view qualifiedName);

/// Why an operator is refused and what to use instead: the end of a sentence that begins with its name.
std::string refusalOf(std::string_view qualifiedName);

} // namespace pto::golden
