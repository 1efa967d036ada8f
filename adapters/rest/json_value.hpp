#pragma once
#include "adapters/json/value.hpp"
