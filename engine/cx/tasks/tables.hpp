#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "engine/cx/tasks/states.hpp"

/// The two tables of the state machine. Everything else asks them.
namespace echoflow::tasks {

/// WS-HumanTask 1.1 §4.10 and §7.1: which operation is possible in which state, and where it leads.
/// Columns: C created, R ready, V reserved, P inProgress, r v p the same suspended, D completed, F failed, E error,
/// Q exited (quit), O obsolete. A cell: the letter of the next state; '=' the state stays; '.' refused. Of `activate`,
/// `nominate`, `forward` the letter is what several potential owners give: one single user gives V.
struct OperationRow {
  Operation operation;
  std::string_view next;   ///< one letter for each state
  std::string_view roles;  ///< who may; columns as in role_letters, '.' where not
};

/// I task initiator, S task stakeholders, P potential owners, A actual owner, B business administrators,
/// N notification recipients, Y the server. A small p: potential owners only while the task is (suspended/)ready.
/// An excluded owner is neither potential nor actual owner, whatever else names him.
inline constexpr std::string_view role_letters = "ISPABNY";

// clang-format off
inline constexpr std::array<OperationRow, operation_count> operation_rows = {{
    //                                CRVPrvpDFEQO    ISPABNY
    {Operation::activate,            "R...........", "....B.Y"},
    {Operation::nominate,            "R...........", "....B.Y"},
    {Operation::claim,               ".V..........", "..P...."},
    {Operation::start,               ".PP.........", "..pA..."},
    {Operation::stop,                "...V........", "...AB.."},
    {Operation::release,             "..RR........", "...AB.Y"},
    {Operation::delegate,            ".VVV........", ".SpAB.Y"},
    {Operation::forward,             ".RRR........", ".SpAB.Y"},
    {Operation::suspend,             ".rvp........", ".SpAB.Y"},
    {Operation::suspend_until,       ".rvp........", ".SpAB.Y"},
    {Operation::resume,              "....RVP.....", ".SpAB.Y"},
    {Operation::complete,            "...D........", "...A..Y"},
    {Operation::fail,                "...F........", "...A..."},
    {Operation::skip,                "OOOO........", "IS.AB.Y"},
    {Operation::set_output,          "...=........", "...A..."},
    {Operation::delete_output,       "...=........", "...A..."},
    {Operation::set_fault,           "...=........", "...A..."},
    {Operation::delete_fault,        "...=........", "...A..."},
    {Operation::set_priority,        "=======.....", ".S.AB.Y"},
    {Operation::add_attachment,      "=======.....", ".SpAB.Y"},
    {Operation::delete_attachment,   "=======.....", "...AB.."},
    {Operation::add_comment,         "============", "ISPAB.Y"},
    {Operation::update_comment,      "============", "ISPAB.."},
    {Operation::delete_comment,      "============", "ISPAB.."},
    {Operation::set_generic_human_role, "=======.....", "....B.Y"},
    {Operation::set_deadline,        "=======.....", ".S..B.Y"},
    {Operation::instantiate_sub_task,"..==........", "...A..Y"},
    {Operation::remove,              "============", ".....N."},
    {Operation::read,                "============", "ISPABNY"},
    {Operation::assign,              ".V..........", "......Y"},
    {Operation::requeue,             "..RR........", "......Y"},
    {Operation::expire,              "=======.....", "......Y"},
    {Operation::settle,              "============", "......Y"},
    {Operation::end_sub_task,        "=======.....", "......Y"},
    {Operation::exit,                "QQQQQQQ.....", "......Y"},
    {Operation::error,               "EEEEEEE.....", "......Y"},
}};
// clang-format on

/// Where the operation leads from a state; nullopt: it is refused there.
std::optional<TaskState> next_state(Operation operation, TaskState state);
/// May somebody with (at least) this role do it in this state?
bool role_may(Operation operation, HumanRole role, TaskState state);

}  // namespace echoflow::tasks
