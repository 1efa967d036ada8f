#pragma once
#include <functional>
#include <vector>

#include "bpel/ast/find_task.hpp"

/// What human tasks are made of.
namespace echoflow::rules {

using OnExpression = std::function<void(const ast::Expression&)>;
void for_each_expression(const ast::HumanTask& task, const OnExpression& visit);
void for_each_expression(const std::vector<ast::PeopleAssignment>& people, const OnExpression& visit);

}  // namespace echoflow::rules
