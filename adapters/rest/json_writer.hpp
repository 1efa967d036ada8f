#pragma once
#include "adapters/json/writer.hpp"
