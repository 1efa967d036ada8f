#include "models/layout/router.hpp"

#include <gtest/gtest.h>

#include "models/layout/tracks.hpp"

namespace echoflow::layout {

namespace {

bool through(const std::vector<Point>& points, const Bounds& box) {
  for (std::size_t i = 1; i < points.size(); ++i)
    if (crosses(points[i - 1], points[i], box)) return true;
  return false;
}

TEST(Router, LeadsAroundABox) {
  const Bounds from{0, 0, 40, 40};
  const Bounds wall{80, -100, 30, 240};
  const Bounds to{200, 0, 40, 40};
  Router router;
  for (const auto& box : {from, wall, to}) router.add_box(box);
  const auto points = router.route({from, Outline::box, to, Outline::box});
  ASSERT_GE(points.size(), 2u);
  EXPECT_FALSE(through(points, wall));
  EXPECT_FALSE(through(points, from));
  EXPECT_FALSE(through(points, to));
}

TEST(Router, GoesStraightWhereItCan) {
  const Bounds from{0, 0, 40, 40};
  const Bounds to{100, 0, 40, 40};
  Router router;
  router.add_box(from);
  router.add_box(to);
  EXPECT_EQ(router.route({from, Outline::box, to, Outline::box}), (std::vector<Point>{{40, 20}, {100, 20}}));
}

TEST(Router, UprightSidesAreTopAndBottom) {
  const Bounds from{0, 0, 40, 40};
  const Bounds to{100, 200, 40, 40};
  Router router;
  router.add_box(from);
  router.add_box(to);
  const auto points =
      router.route({from, Outline::box, to, Outline::box, Router::Sides::upright, Router::Sides::upright});
  EXPECT_EQ(points.front().y, 40);
  EXPECT_EQ(points.back().y, 200);
}

TEST(Router, DoesNotLieOnAnotherLine) {
  const Bounds from{0, 0, 40, 40};
  const Bounds to{300, 0, 40, 40};
  Router router;
  router.add_box(from);
  router.add_box(to);
  router.add_line({{60, 20}, {280, 20}});
  const auto points = router.route({from, Outline::box, to, Outline::box});
  EXPECT_GT(points.size(), 2u);
}

TEST(Router, ForgottenLinesAreInNobodysWay) {
  const Bounds from{0, 0, 40, 40};
  const Bounds to{0, 300, 40, 40};
  Router router;
  router.add_box(from);
  router.add_box(to);
  const std::vector<Point> other = {{20, 60}, {20, 280}};
  router.add_line(other);
  const Router::Request request{from, Outline::box, to, Outline::box, Router::Sides::upright, Router::Sides::upright};
  const auto around = router.route(request);
  EXPECT_GT(around.size(), 2u);
  router.forget(around);
  router.forget(other);
  EXPECT_EQ(router.route(request), (std::vector<Point>{{20, 40}, {20, 300}}));
}

TEST(Router, StandsOppositeTheOtherEndOnALongBorder) {
  const Bounds task{333, 0, 100, 80};
  const Bounds pool{0, 200, 1000, 60};
  Router router;
  router.add_box(task);
  router.add_box(pool);
  router.add_frame({0, -20, 1000, 150});
  const auto points =
      router.route({task, Outline::box, pool, Outline::box, Router::Sides::upright, Router::Sides::upright});
  EXPECT_EQ(points, (std::vector<Point>{{383, 80}, {383, 200}}));
}

TEST(Router, WhatIsShutInStillGetsALine) {
  const Bounds from{0, 0, 40, 40};
  const Bounds to{200, 0, 40, 40};
  Router router;
  for (const auto& box : {from, to, Bounds{-20, -40, 80, 38}, Bounds{-20, 42, 80, 40}, Bounds{42, -40, 20, 120},
                          Bounds{-22, -40, 20, 120}})
    router.add_box(box);
  EXPECT_GE(router.route({from, Outline::box, to, Outline::box}).size(), 2u);
}

TEST(Tracks, ParallelDescentsDoNotCross) {
  std::vector<layered::Turn> turns = {{0, 50}, {10, 60}, {20, 70}};
  EXPECT_EQ(layered::assign_tracks(turns), 3u);
  EXPECT_GT(turns[0].track, turns[1].track);
  EXPECT_GT(turns[1].track, turns[2].track);
}

TEST(Tracks, WhatIsFarApartSharesATrack) {
  std::vector<layered::Turn> turns = {{0, 50}, {100, 160}};
  EXPECT_EQ(layered::assign_tracks(turns), 1u);
}

TEST(Tracks, ALineDoesNotRunIntoAnothersEnd) {
  // The first arrives at 50 on the right, the second leaves at 50 on the left.
  std::vector<layered::Turn> turns = {{0, 50}, {50, 100}};
  layered::assign_tracks(turns);
  EXPECT_GT(turns[0].track, turns[1].track);
}

}  // namespace

}  // namespace echoflow::layout
