#pragma once
#include "adapters/json/fields.hpp"
