#pragma once
#include <string>

namespace echoflow {

/// A number as XPath 1.0 §4.2 prints it: "NaN", "Infinity", "12", "-0.5", never an exponent, as few digits as read
/// back.
std::string number_text(double value);
/// xs:double, or with `is_float` xs:float, as XPath 2.0 casts it to xs:string: "INF", "1.0E7", "0.5".
std::string double_text(double value, bool is_float);

}  // namespace echoflow
