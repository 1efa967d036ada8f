#!/usr/bin/env python3
"""`echoflow analyse` as people and programs use it: models with one known defect each give that finding, with its place and
its shortest witness, and nothing else; sound ones give none.  Standard library only.

    analyse_test.py PROGRAM [unittest arguments]
"""
import json, os, pathlib, subprocess, sys, tempfile, unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
KINDS = {"start": "startEvent", "end": "endEvent", "task": "task", "xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway",
         "race": "eventBasedGateway", "receive": "receiveTask"}


def bpmn(ways, elements="", definitions=""):
    """A process from lines such as "start:s task:a end:e"; a node's kind is said where it first appears. One element a line."""
    kinds, flows = {}, []
    for way in ways.strip().splitlines():
        names = []
        for word in way.split():
            kind, _, name = word.rpartition(":")
            if kind:
                kinds[name] = kind
            names.append(name)
        flows += zip(names, names[1:])
    lines = [f'<definitions xmlns="{BPMN}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:test">', definitions, '<process id="p" name="Process">']
    lines += [f'<{KINDS[kind]} id="{name}" name="{name.upper()}"/>' for name, kind in kinds.items()]
    lines += [f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in flows]
    return "\n".join([*lines, elements, "</process>", "</definitions>"])


def epml(nodes, arcs):
    """An EPC from "event:1 function:2 xor:3" and "1-2 2-3"."""
    lines = ['<epml:epml xmlns:epml="http://www.epml.de"><directory name="Root"><epc epcId="1" name="Chain">']
    for word in nodes.split():
        kind, name = word.split(":")
        lines.append(f'<{kind} id="{name}"><name>{kind} {name}</name></{kind}>')
    for number, word in enumerate(arcs.split()):
        source, target = word.split("-")
        lines.append(f'<arc id="{100 + number}"><flow source="{source}" target="{target}"/></arc>')
    return "\n".join([*lines, "</epc></directory></epml:epml>"])


def bpel(content):
    return ('<process name="Order" targetNamespace="urn:shop" xmlns:s="urn:shop" xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable">\n'
            '<variables><variable name="stock" element="s:stock"/></variables>\n' + content + "\n</process>")


def write(name, scope=""):
    assign = f'<assign name="{name}"><copy><from>1</from><to variable="stock"/></copy></assign>'
    return f'<scope isolated="{scope}">{assign}</scope>' if scope else assign


CHAIN = "1-2 2-3 3-4 3-5 4-6 5-7 6-8 7-8 8-9"
WRITES = ('<ioSpecification><dataOutput id="out"/><inputSet/><outputSet><dataOutputRefs>out</dataOutputRefs></outputSet></ioSpecification>'
          '<dataOutputAssociation id="w"><sourceRef>out</sourceRef><targetRef>d</targetRef></dataOutputAssociation>')
READS = ('<ioSpecification><dataInput id="in"/><inputSet><dataInputRefs>in</dataInputRefs></inputSet><outputSet/></ioSpecification>'
         '<dataInputAssociation id="r"><sourceRef>d</sourceRef><targetRef>in</targetRef></dataInputAssociation>')
DATA = '<dataObject id="d" name="Order"/>'
# File: (content, rule, its first element, the shortest run that shows it).
DEFECTS = {
    "deadlock.bpmn": (bpmn("start:s xor:x task:a and:j end:e\nx task:b j"), "AN101", "j", ["s", "x", "x-a", "a"]),
    "lack-of-synchronisation.bpmn": (bpmn("start:s and:x task:a xor:j task:after end:e\nx task:b j"), "AN102", "j", ["s", "x", "a", "j", "b", "j"]),
    "optional-branch.bpmn": (bpmn("start:s or:x task:a and:j end:e\nx task:b j"), "AN107", "j", ["s", "x", "x-a", "a"]),
    "loop-into-join.bpmn": (bpmn("start:s and:j task:a xor:x end:e\nx task:again j"), "AN101", "j", ["s"]),
    "no-way-out.bpmn": (bpmn("start:s xor:x end:e\nx task:a xor:m task:b m"), "AN105", "a", ["s", "x", "x-a"]),
    "end-twice.bpmn": (bpmn("start:s and:x task:a end:e\nx task:b e"), "AN104", "e", ["s", "x", "a", "b"]),
    "choice-of-events.bpmn": (bpmn("start:s task:a race:x receive:b end:e\nx receive:c end:f"), "AN302", "x", []),
    "waits.bpmn": (bpmn("start:s task:a receive:b end:e"), "AN301", "b", []),
    "handler-to-nowhere.bpmn": (bpmn("start:s task:a end:e", '<boundaryEvent id="late" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>'),
                                "AN311", "late", []),
    "race.bpmn": (bpmn("start:s and:x task:a and:j end:e\nx task:b j").replace(
        '<task id="a" name="A"/>', '<task id="a" name="A">' + WRITES + "</task>").replace('<task id="b" name="B"/>', '<task id="b" name="B">' + READS + "</task>").replace(
        "</process>", DATA + "</process>"),
        "AN204", "a", []),
    "chain.epml": (epml("event:1 function:2 xor:3 event:4 event:5 function:6 function:7 and:8 event:9", CHAIN), "AN101", "8", ["1", "2", "3", "102", "4", "6"]),
    "race.bpel": (bpel(f'<flow>{write("A")}{write("B")}{write("C")}</flow>'), "AN204", "/process/flow[1]/assign[1]", []),
    "half-isolated.bpel": (bpel(f'<flow>{write("A", "yes")}{write("B")}</flow>'), "AN204", "/process/flow[1]/scope[1]/assign[1]", []),
}
SOUND = {
    "choice.bpmn": bpmn("start:s xor:x task:a xor:j end:e\nx task:b j"),
    "side-by-side.bpmn": bpmn("start:s and:x task:a and:j end:e\nx task:b j"),
    "some-of.bpmn": bpmn("start:s or:x task:a or:j end:e\nx task:b j"),
    "loop.bpmn": bpmn("start:s xor:m task:a xor:x end:e\nx task:again m"),
    "two-ends.bpmn": bpmn("start:s and:x task:a end:e\nx task:b end:f"),
    "no-blocks.bpmn": bpmn("start:s and:x task:a and:y and:j task:c end:e\nx task:b j\ny task:d end:f"),
    "some-of.epml": epml("event:1 function:2 or:3 event:4 event:5 function:6 function:7 or:8 event:9", CHAIN),
    "isolated.bpel": bpel(f'<flow>{write("A", "yes")}{write("B", "yes")}</flow>'),
    "linked.bpel": bpel('<flow><links><link name="l"/></links>' + write("A").replace("<copy>", '<sources><source linkName="l"/></sources><copy>') +
                        write("B").replace("<copy>", '<targets><target linkName="l"/></targets><copy>') + "</flow>"),
    "own.bpel": bpel("<flow>" + "".join(f'<scope><variables><variable name="stock" element="s:stock"/></variables>{write(name)}</scope>' for name in "AB") + "</flow>"),
}


class Analyse(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="echoflow-analyse-")
        cls.place = pathlib.Path(cls.folder.name)
        for kind, models in (("defects", {name: each[0] for name, each in DEFECTS.items()}), ("sound", SOUND)):
            (cls.place / kind).mkdir()
            for name, content in models.items():
                (cls.place / kind / name).write_text(content, encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def analyse(self, *words, expect=0):
        done = subprocess.run([PROGRAM, "analyse", *map(str, words)], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done.stdout if expect != 2 else done.stderr

    def told(self, folder, expect):
        answer = json.loads(self.analyse("--json", "--no-style", self.place / folder, expect=expect))
        for model in answer["models"]:
            self.assertEqual([each for each in model["violations"] if each["rule"] != "BPMN0904"], [], model["file"])
        return {pathlib.Path(model["file"]).name: [each for each in model["findings"] if each["level"] != "hint"] for model in answer["models"]}

    def test_each_defect_gives_its_finding_and_no_other(self):
        found = self.told("defects", 1)
        self.assertEqual(sorted(found), sorted(DEFECTS))
        for name, (content, rule, place, witness) in DEFECTS.items():
            with self.subTest(name):
                self.assertEqual([each["rule"] for each in found[name]], [rule], found[name])
                only = found[name][0]
                if place:
                    self.assertEqual(only["elements"][0], place)
                if witness is not None:
                    self.assertEqual(only["witness"], witness)
                if place and name.endswith("bpmn"):
                    self.assertIn(f'id="{place}"', content.splitlines()[only["line"] - 1])
                self.assertGreater(only["column"], 0)

    def test_sound_models_give_none(self):
        for name, findings in self.told("sound", 0).items():
            self.assertEqual(findings, [], name)

    def test_three_that_race_are_one_finding(self):
        only = self.told("defects", 1)["race.bpel"][0]
        self.assertEqual(len(only["elements"]), 4)
        self.assertIn("'A', 'B' and 'C' use 'stock'", only["sentence"])

    def test_a_line_for_people_in_both_languages(self):
        file, line = self.place / "defects/deadlock.bpmn", 7
        english = self.analyse(file, expect=1)
        self.assertIn(f"{file}:{line}:1: error: AN101 'J' waits for all", english)
        self.assertIn("shown by: S → X [x-a] → A", english)
        german = self.analyse("--lang", "de", file, expect=1)
        self.assertIn("AN101 „J“", german)
        self.assertIn("so:", german)

    def test_style_can_be_left_out(self):
        file = self.place / "sound/choice.bpmn"
        self.assertIn("AN403", self.analyse(file))
        self.assertEqual(self.analyse("--no-style", file), "")

    def test_what_is_wrong_in_its_use_ends_with_two(self):
        self.assertIn("needs a model", self.analyse(expect=2))
        self.assertIn("--lang must be de or en", self.analyse("--lang", "fr", self.place, expect=2))
        self.assertIn("does not exist", self.analyse(self.place / "nothing.bpmn", expect=2))
        self.assertIn("--unknown", self.analyse("--unknown", self.place, expect=2))

    def test_what_is_no_model_ends_with_one(self):
        for name, content in (("empty.bpmn", ""), ("broken.bpmn", "<definitions"), ("other.xml", "<html/>"), ("broken.bpel", "<process")):
            file = self.place / name
            file.write_text(content)
            answer = json.loads(self.analyse("--json", file, expect=1))
            self.assertTrue(answer["models"][0]["violations"][0]["message"], name)
            file.unlink()

    def test_a_folder_without_models_is_fine(self):
        (self.place / "nothing").mkdir()
        self.assertEqual(json.loads(self.analyse("--json", self.place / "nothing")), {"models": []})


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
