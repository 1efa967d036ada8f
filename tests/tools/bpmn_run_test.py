#!/usr/bin/env python3
"""Deploys models of our own on a real server and watches what their instances do.  Standard library only.

    bpmn_run_test.py PROGRAM [unittest arguments]
"""
import http.client, json, pathlib, sys, tempfile, time, unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from bpmn_cases import Server  # noqa: E402

PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
HEAD = ("<b:definitions xmlns:b='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' id='{name}' targetNamespace='urn:test:{name}'>")


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class Models(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(PROGRAM, "")
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def deploy(self, name, content):
        file = pathlib.Path(self.folder.name, name + ".bpmn")
        file.write_text(HEAD.format(name=name) + content + "</b:definitions>")
        status, answer = self.server.deploy(name, file)
        self.assertEqual(status, 201, answer)
        return {p["name"]: p["id"] for p in answer["processes"]}

    def start(self, process, **variables):
        status, answer = self.server.call("POST", "/process-instances", {"processId": process, "variables": variables})
        self.assertEqual(status, 201, answer)
        return answer["id"]

    def state(self, instance):
        return self.server.call("GET", f"/process-instances/{instance}")[1]["state"]

    def marks(self, instance):
        items = self.server.call("GET", f"/process-instances/{instance}/activities?limit=200")[1]["items"]
        return sorted(a["name"] for a in items if a["type"] in ("empty", "assign") and a["state"] == "completed" and len(a["name"]) > 3 and a["name"].isupper())

    def instances(self, process):
        items = self.server.call("GET", "/process-instances?limit=100")[1]["items"]
        return [i["id"] for i in items if i["processId"] == process]

    def value(self, instance, name):
        return self.server.call("GET", f"/process-instances/{instance}/variables/{name}")[1]["value"]

    def test_a_signal_reaches_everybody_who_waits_once_and_starts_whom_it_starts(self):
        signal = "<b:signal id='S' name='Stock changed'/>"
        hears = ("<b:process id='Waits' isExecutable='true'><b:startEvent id='WS'/><b:sequenceFlow id='W1' sourceRef='WS' targetRef='W'/>"
                 "<b:intermediateCatchEvent id='W'><b:signalEventDefinition id='WD' signalRef='S'/></b:intermediateCatchEvent>"
                 "<b:sequenceFlow id='W2' sourceRef='W' targetRef='WT'/><b:scriptTask id='WT'><b:script>HEARD</b:script></b:scriptTask>"
                 "<b:sequenceFlow id='W3' sourceRef='WT' targetRef='WE'/><b:endEvent id='WE'/></b:process>")
        begins = ("<b:process id='Begins' isExecutable='true'><b:startEvent id='BS'><b:signalEventDefinition id='BD' signalRef='S'/></b:startEvent>"
                  "<b:sequenceFlow id='B1' sourceRef='BS' targetRef='BT'/><b:scriptTask id='BT'><b:script>BEGUN</b:script></b:scriptTask>"
                  "<b:sequenceFlow id='B2' sourceRef='BT' targetRef='BE'/><b:endEvent id='BE'/></b:process>")
        throws = ("<b:process id='Throws' isExecutable='true'><b:startEvent id='TS'/><b:sequenceFlow id='T1' sourceRef='TS' targetRef='T'/>"
                  "<b:intermediateThrowEvent id='T'><b:signalEventDefinition id='TD' signalRef='S'/></b:intermediateThrowEvent>"
                  "<b:sequenceFlow id='T2' sourceRef='T' targetRef='TE'/><b:endEvent id='TE'/></b:process>")
        processes = self.deploy("signals", signal + hears + begins + throws)
        waiting = [self.start(processes["Waits"]) for _ in range(5)]
        self.assertEqual([self.marks(i) for i in waiting], [[]] * 5)
        thrower = self.start(processes["Throws"])
        self.assertTrue(until(lambda: self.state(thrower) == "completed"))
        # When it was thrown everybody had it.
        self.assertTrue(until(lambda: all(self.state(i) == "completed" for i in waiting), 2))
        self.assertEqual([self.marks(i) for i in waiting], [["HEARD"]] * 5)
        self.assertEqual([self.marks(i) for i in self.instances(processes["Begins"])], [["BEGUN"]])
        self.start(processes["Throws"])
        self.assertTrue(until(lambda: len(self.instances(processes["Begins"])) == 2))

    def test_an_answer_comes_back_to_the_instance_that_asked(self):
        roots = ("<b:message id='Ask' name='ask'/><b:message id='Say' name='say'/><b:interface id='I' name='i'>"
                 "<b:operation id='OAsk' name='ask'><b:inMessageRef>Ask</b:inMessageRef></b:operation>"
                 "<b:operation id='OSay' name='say'><b:inMessageRef>Say</b:inMessageRef></b:operation></b:interface>"
                 "<b:collaboration id='C'><b:participant id='PA' processRef='Asks'/><b:participant id='PB' processRef='Says'/>"
                 "<b:messageFlow id='M1' sourceRef='A1' targetRef='BS'/><b:messageFlow id='M2' sourceRef='B1' targetRef='A2'/></b:collaboration>")
        asks = ("<b:process id='Asks' isExecutable='true'><b:dataObject id='number' name='number'/><b:startEvent id='AS'/>"
                "<b:sequenceFlow id='AF1' sourceRef='AS' targetRef='A1'/>"
                "<b:sendTask id='A1' messageRef='Ask' operationRef='OAsk'/><b:sequenceFlow id='AF2' sourceRef='A1' targetRef='A2'/>"
                "<b:receiveTask id='A2' messageRef='Say' operationRef='OSay'/><b:sequenceFlow id='AF3' sourceRef='A2' targetRef='A3'/>"
                "<b:scriptTask id='A3'><b:script>ANSWERED</b:script></b:scriptTask><b:sequenceFlow id='AF4' sourceRef='A3' targetRef='AE'/>"
                "<b:endEvent id='AE'/></b:process>")
        says = ("<b:process id='Says' isExecutable='true'><b:startEvent id='BS'><b:messageEventDefinition id='BD' messageRef='Ask'>"
                "<b:operationRef>OAsk</b:operationRef></b:messageEventDefinition></b:startEvent>"
                "<b:sequenceFlow id='BF1' sourceRef='BS' targetRef='BW'/><b:intermediateCatchEvent id='BW'><b:timerEventDefinition id='BT'>"
                "<b:timeDuration xsi:type='b:tFormalExpression'>PT1S</b:timeDuration></b:timerEventDefinition></b:intermediateCatchEvent>"
                "<b:sequenceFlow id='BF2' sourceRef='BW' targetRef='B1'/><b:sendTask id='B1' messageRef='Say' operationRef='OSay'/>"
                "<b:sequenceFlow id='BF3' sourceRef='B1' targetRef='BE'/><b:endEvent id='BE'/></b:process>")
        processes = self.deploy("messages", roots + asks + says)
        asking = [self.start(processes["Asks"], number=n) for n in range(6)]
        self.assertTrue(until(lambda: all(self.state(i) == "completed" for i in asking)))
        answering = self.instances(processes["Says"])
        self.assertEqual(len(answering), 6)
        self.assertEqual(sorted(self.value(i, "conversation") for i in answering), sorted(self.value(i, "conversation") for i in asking))

    def test_people_decide_and_give_data(self):
        process = ("<b:process id='Judged' isExecutable='true'><b:laneSet id='L'><b:lane id='Desk' name='judges'><b:flowNodeRef>Judge</b:flowNodeRef>"
                   "</b:lane></b:laneSet><b:startEvent id='S'/><b:sequenceFlow id='F1' sourceRef='S' targetRef='Judge'/>"
                   "<b:userTask id='Judge' name='Judge it'/><b:sequenceFlow id='F2' sourceRef='Judge' targetRef='G'/>"
                   "<b:exclusiveGateway id='G'/><b:sequenceFlow id='F3' name='right' sourceRef='G' targetRef='R'/>"
                   "<b:sequenceFlow id='F4' name='wrong' sourceRef='G' targetRef='W'/><b:scriptTask id='R'><b:script>RIGHT</b:script></b:scriptTask>"
                   "<b:scriptTask id='W' scriptFormat='text/javascript'><b:script>sentence = reason + '!'</b:script></b:scriptTask>"
                   "<b:sequenceFlow id='F5' sourceRef='R' targetRef='E'/><b:sequenceFlow id='F6' sourceRef='W' targetRef='E'/>"
                   "<b:endEvent id='E'/></b:process>")
        processes = self.deploy("people", process)
        instance = self.start(processes["Judged"], unknown="is accepted")
        self.assertEqual(self.act("PUT", "/agents/ada", {"name": "Ada", "groups": ["judges"]})[0] // 100, 2)
        tasks = []

        def there():
            tasks[:] = self.act("GET", f"/tasks?view=all&instanceId={instance}")[1]["items"]
            return bool(tasks)

        self.assertTrue(until(there))
        for step, body in (("claim", {}), ("start", {}), ("complete", {"outcome": "wrong", "output": {"content": {"reason": "late"}}})):
            status, answer = self.act("POST", f"/tasks/{tasks[0]['id']}/{step}", body)
            self.assertEqual(status // 100, 2, (step, answer))
        self.assertTrue(until(lambda: self.state(instance) == "completed"), self.state(instance))
        self.assertEqual(self.value(instance, "sentence"), "late!")
        self.assertEqual(self.marks(instance), [])

    def act(self, method, path, body=None):
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=30)
        try:
            connection.request(method, "/api/v1" + path, None if body is None else json.dumps(body),
                               {"Content-Type": "application/json", "X-Actor": "ada"})
            response = connection.getresponse()
            data = response.read()
            return response.status, json.loads(data) if data else None
        finally:
            connection.close()


if __name__ == "__main__":
    unittest.main()
