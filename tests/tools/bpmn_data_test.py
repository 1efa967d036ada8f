#!/usr/bin/env python3
"""Data of models on a real server: collections, structures, what nobody set, messages by name.  Standard library only.

    bpmn_data_test.py PROGRAM [unittest arguments]
"""
import pathlib, re, sys, unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import bpmn_run_test as run  # noqa: E402
from bpmn_run_test import until  # noqa: E402

FORMAL = "xsi:type='b:tFormalExpression'"
CAMUNDA = "xmlns:camunda='http://camunda.org/schema/1.0/bpmn'"


def process_of(work, extra="", name="P", attributes=""):
    return (f"<b:process id='{name}' isExecutable='true' {attributes}>{extra}<b:startEvent id='{name}S'/><b:sequenceFlow id='{name}F1' sourceRef='{name}S' targetRef='W'/>"
            f"{work}<b:sequenceFlow id='{name}F2' sourceRef='W' targetRef='{name}E'/><b:endEvent id='{name}E'/></b:process>")


def decision(condition, language="", roots=""):
    """A process that leaves the mark HOLDS or FAILS."""
    return roots + (f"<b:process id='P' isExecutable='true'><b:startEvent id='S'/><b:sequenceFlow id='F1' sourceRef='S' targetRef='G'/>"
                    f"<b:exclusiveGateway id='G' default='F3'/><b:sequenceFlow id='F2' sourceRef='G' targetRef='Y'><b:conditionExpression {FORMAL} {language}>{condition}"
                    "</b:conditionExpression></b:sequenceFlow><b:sequenceFlow id='F3' sourceRef='G' targetRef='N'/>"
                    "<b:scriptTask id='Y'><b:script>HOLDS</b:script></b:scriptTask><b:scriptTask id='N'><b:script>FAILS</b:script></b:scriptTask>"
                    "<b:sequenceFlow id='F4' sourceRef='Y' targetRef='E'/><b:sequenceFlow id='F5' sourceRef='N' targetRef='E'/><b:endEvent id='E'/></b:process>")


def items(value):
    return re.findall(r"<item>(.*?)</item>", value)


class Data(unittest.TestCase):
    setUpClass, tearDownClass = classmethod(run.Models.setUpClass.__func__), classmethod(run.Models.tearDownClass.__func__)
    deploy, start, state, marks, instances, value, act = (getattr(run.Models, n) for n in ("deploy", "start", "state", "marks", "instances", "value", "act"))

    def ended(self, instance):
        self.assertTrue(until(lambda: self.state(instance) in ("completed", "faulted")), self.state(instance))
        faults = self.server.call("GET", f"/process-instances/{instance}/faults")[1]
        self.assertEqual(self.state(instance), "completed", faults)
        return instance

    def ran(self, name, content, **variables):
        return self.ended(self.start(next(iter(self.deploy(name, content).values())), **variables))

    def decided(self, condition, language="", **variables):
        return self.marks(self.ran("decision", decision(condition, language), **variables))

    def collection(self, sequential):
        loop = (f"<b:multiInstanceLoopCharacteristics isSequential='{sequential}'><b:loopDataInputRef>In</b:loopDataInputRef><b:loopDataOutputRef>Out</b:loopDataOutputRef>"
                "<b:inputDataItem id='One' name='order'/><b:outputDataItem id='Sum' name='sum'/></b:multiInstanceLoopCharacteristics>")
        work = ("<b:scriptTask id='W' scriptFormat='text/javascript'><b:ioSpecification><b:dataInput id='In' name='all' isCollection='true'/>"
                "<b:dataOutput id='Out' name='found' isCollection='true'/><b:inputSet><b:dataInputRefs>In</b:dataInputRefs></b:inputSet><b:outputSet><b:dataOutputRefs>Out</b:dataOutputRefs></b:outputSet>"
                "</b:ioSpecification><b:dataInputAssociation><b:sourceRef>Orders</b:sourceRef><b:targetRef>In</b:targetRef></b:dataInputAssociation>"
                "<b:dataOutputAssociation><b:sourceRef>Out</b:sourceRef><b:targetRef>Sums</b:targetRef></b:dataOutputAssociation>"
                + loop + "<b:script>sum = order.price * order.number</b:script></b:scriptTask>")
        objects = "<b:dataObject id='Orders' name='orders' isCollection='true'/><b:dataObject id='Sums' name='sums' isCollection='true'/>"
        return process_of(work, objects)

    def test_instances_run_through_a_collection_and_give_one_in_its_order(self):
        for sequential in ("true", "false"):
            orders = [{"price": n, "number": n + 1} for n in range(1, 8)]
            instance = self.ran("collection-" + sequential, self.collection(sequential), orders=orders)
            self.assertEqual(items(self.value(instance, "sums")), [str(n * (n + 1)) for n in range(1, 8)])
            empty = self.ran("collection-" + sequential, self.collection(sequential), orders=[])
            self.assertEqual(items(self.value(empty, "sums")), [])
            # Nobody gave the collection: it is empty.
            self.assertEqual(items(self.value(self.ran("collection-" + sequential, self.collection(sequential)), "sums")), [])

    def test_people_see_their_own_item(self):
        sub = ("<b:subProcess id='W'><b:multiInstanceLoopCharacteristics isSequential='false'><b:loopDataInputRef>Voters</b:loopDataInputRef><b:inputDataItem id='One' name='voter'/>"
               "<b:loopDataOutputRef>Votes</b:loopDataOutputRef><b:outputDataItem id='Vote' name='vote'/>"
               f"<b:completionCondition {FORMAL}>${{nrOfCompletedInstances / nrOfInstances &gt;= 0.5}}</b:completionCondition></b:multiInstanceLoopCharacteristics>"
               "<b:userTask id='V' name='Vote'><b:ioSpecification><b:dataInput id='VI' name='who'/><b:inputSet><b:dataInputRefs>VI</b:dataInputRefs></b:inputSet><b:outputSet/></b:ioSpecification>"
               "<b:dataInputAssociation><b:sourceRef>One</b:sourceRef><b:targetRef>VI</b:targetRef></b:dataInputAssociation></b:userTask></b:subProcess>")
        objects = "<b:dataObject id='Voters' name='voters' isCollection='true'/><b:dataObject id='Votes' name='votes' isCollection='true'/>"
        instance = self.start(self.deploy("votes", process_of(sub, objects, attributes="name='voting'"))["P"], voters=["ada", "bob", "cid", "dan"])
        self.assertEqual(self.act("PUT", "/agents/ada", {"name": "Ada", "groups": ["voting"]})[0] // 100, 2)
        tasks = []

        def four():
            tasks[:] = self.act("GET", f"/tasks?view=all&instanceId={instance}")[1]["items"]
            return len(tasks) == 4

        self.assertTrue(until(four), self.state(instance))
        asked = {}
        for task in tasks:
            asked[re.search(r">(ada|bob|cid|dan)<", str(self.act("GET", f"/tasks/{task['id']}")[1]))[1]] = task["id"]
        self.assertEqual(sorted(asked), ["ada", "bob", "cid", "dan"])
        for who in ("cid", "ada"):
            for step, body in (("claim", {}), ("start", {}), ("complete", {"output": {"content": {"vote": "yes " + who}}})):
                status, answer = self.act("POST", f"/tasks/{asked[who]}/{step}", body)
                self.assertEqual(status // 100, 2, (step, answer))
        self.ended(instance)
        self.assertEqual(items(self.value(instance, "votes")), ["yes ada", "yes cid"])

    def test_collections_as_tools_write_them(self):
        loop = "<b:multiInstanceLoopCharacteristics {} camunda:collection='${{order.lines}}' camunda:elementVariable='line' isSequential='true'/>".format(CAMUNDA)
        work = f"<b:scriptTask id='W' scriptFormat='text/javascript'>{loop}<b:script>total = total + line.price</b:script></b:scriptTask>"
        instance = self.ran("tool", process_of(work), total=0, order={"lines": [{"price": 2}, {"price": 5.5}]})
        self.assertEqual(self.value(instance, "total"), "7.5")
        loop = ("<b:multiInstanceLoopCharacteristics isSequential='true'><b:extensionElements><z:loopCharacteristics xmlns:z='http://camunda.org/schema/zeebe/1.0' inputCollection='=names' inputElement='name' "
                "outputCollection='greetings' outputElement='=greeting'/></b:extensionElements></b:multiInstanceLoopCharacteristics>")
        work = f"<b:scriptTask id='W' scriptFormat='text/javascript'>{loop}<b:script>greeting = 'Hello ' + name</b:script></b:scriptTask>"
        instance = self.ran("tool-feel", process_of(work), names=["Ada", "Bob"])
        self.assertEqual(items(self.value(instance, "greetings")), ["Hello Ada", "Hello Bob"])

    def test_conditions_read_fields_and_items(self):
        order = {"amount": 120, "customer": {"name": "Ada", "vip": True}, "lines": [{"sku": "a"}, {"sku": "b"}], "tags": ["new", "urgent"]}
        for condition in ("${order.amount &gt; 100}", "${order.customer.name == 'Ada'}", "${order.customer.vip}", "${order.lines.size() == 2}", "${order.lines[1].sku == 'b'}",
                          "=order.lines[1].sku = \"a\"", "${order.getCustomer().getName().startsWith('A')}", "${order.tags.contains('urgent')}", "=count(order.lines) = 2",
                          "${order.amount &gt; 100 ? order.customer.vip : false}", "=if order.amount &gt; 100 then true else false", "${(order.amount &gt; 200 ? 'much' : 'little') == 'little'}",
                          "${order.missing == null}", "${!order.missing}", "${order['amount'] == 120}", "${order.prop('amount').numberValue() == 120}"):
            self.assertEqual(self.decided(condition, order=order), ["HOLDS"], condition)
        for condition in ("${order.amount &gt; 500}", "${order.missing &gt; 1}", "${order.tags.contains('urg')}", "${empty order.lines}"):
            self.assertEqual(self.decided(condition, order=order), ["FAILS"], condition)
        xpath = "language='http://www.w3.org/1999/XPath'"
        self.assertEqual(self.decided("$order/amount &gt; 100 and count($order/lines) = 2", xpath, order=order), ["HOLDS"])
        self.assertEqual(self.decided("$order/o:customer/o:name = 'Ada'", xpath + " xmlns:o='urn:orders'", order=order), ["HOLDS"])

    def test_what_nobody_set_is_nothing_in_conditions_and_a_fault_elsewhere(self):
        self.assertEqual(self.decided("${amount &gt; 5}"), ["FAILS"])
        self.assertEqual(self.decided("${amount == null}"), ["HOLDS"])
        self.assertEqual(self.decided("${list.size() == 0}"), ["HOLDS"])
        self.assertEqual(self.decided("$amount &gt; 5", "language='http://www.w3.org/1999/XPath'"), ["FAILS"])
        work = "<b:scriptTask id='W' scriptFormat='text/javascript'><b:script>total = price * 2</b:script></b:scriptTask>"
        instance = self.start(self.deploy("unset", process_of(work))["P"])
        self.assertTrue(until(lambda: self.state(instance) == "faulted"), self.state(instance))
        work = "<b:scriptTask id='W' scriptFormat='text/javascript'><b:script>total = price == null ? 7 : price * 2</b:script></b:scriptTask>"
        self.assertEqual(self.value(self.ran("asked", process_of(work)), "total"), "7")
        self.assertEqual(self.value(self.ran("asked", process_of(work), price=4), "total"), "8")

    def test_messages_by_their_names_in_files_of_tools(self):
        message = "<b:message id='M' name='order placed'/><b:message id='N' name='order paid'/>"
        model = (message + f"<b:process id='P' isExecutable='true' {CAMUNDA}><b:startEvent id='S'><b:messageEventDefinition id='D' messageRef='M'/></b:startEvent>"
                 "<b:sequenceFlow id='F1' sourceRef='S' targetRef='C'/><b:intermediateCatchEvent id='C'><b:messageEventDefinition id='DC' messageRef='N'/></b:intermediateCatchEvent>"
                 "<b:sequenceFlow id='F2' sourceRef='C' targetRef='T'/><b:scriptTask id='T'><b:script>PAID</b:script></b:scriptTask>"
                 "<b:sequenceFlow id='F3' sourceRef='T' targetRef='E'/><b:endEvent id='E'/></b:process>")
        file = pathlib.Path(self.folder.name, "named.bpmn")
        file.write_text(run.HEAD.format(name="named").replace("<b:definitions", f"<b:definitions {CAMUNDA}") + model + "</b:definitions>")
        status, answer = self.server.deploy("named", file)
        self.assertEqual(status, 201, answer)
        process = answer["processes"][0]
        status, answer = self.server.call("POST", "/process-instances", {"processId": process["id"], "operation": "order_placed", "variables": {}})
        self.assertEqual(status, 201, answer)
        instance = answer["id"]
        status, answer = self.server.call("POST", "/messages", {"portType": "{urn:test:named}P", "operation": "order_paid", "message": {"content": {}}})
        self.assertEqual(status // 100, 2, answer)
        self.assertEqual(self.marks(self.ended(instance)), ["PAID"])


    def test_correlation_keys_find_the_instance(self):
        def message(n):
            return f"<b:message id='M{n}' name='m{n}'/>"

        roots = (message(1) + message(2) + "<b:interface id='I' name='i'><b:operation id='O1' name='placed'><b:inMessageRef>M1</b:inMessageRef></b:operation>"
                 "<b:operation id='O2' name='paid'><b:inMessageRef>M2</b:inMessageRef></b:operation></b:interface>"
                 "<b:correlationProperty id='Number' name='number'><b:correlationPropertyRetrievalExpression messageRef='M1'><b:messagePath>/order/number</b:messagePath></b:correlationPropertyRetrievalExpression>"
                 "<b:correlationPropertyRetrievalExpression messageRef='M2'><b:messagePath>orderNumber</b:messagePath></b:correlationPropertyRetrievalExpression></b:correlationProperty>"
                 "<b:collaboration id='C'><b:participant id='PP' processRef='P'/><b:participant id='Shop' name='Shop'/>"
                 "<b:correlationKey id='K' name='order'><b:correlationPropertyRef>Number</b:correlationPropertyRef></b:correlationKey></b:collaboration>")
        work = "<b:receiveTask id='W' messageRef='M2' operationRef='O2'/>"
        start = "<b:startEvent id='PS'><b:messageEventDefinition id='D' messageRef='M1'><b:operationRef>O1</b:operationRef></b:messageEventDefinition></b:startEvent>"
        process = self.deploy("keys", roots + process_of(work, "<b:dataObject id='Amount' name='amount'/>").replace("<b:startEvent id='PS'/>", start))["P"]
        by_number = {}
        for number in (11, 22, 33):
            status, answer = self.server.call("POST", "/process-instances", {"processId": process, "variables": {"order": {"number": number}}})
            self.assertEqual(status, 201, answer)
            by_number[number] = answer["id"]
        for number in (22, 33, 11):
            status, answer = self.server.call("POST", "/messages", {"portType": "{urn:test:keys}P", "operation": "paid", "message": {"content": {"orderNumber": number, "amount": str(number * 2)}}})
            self.assertEqual(status // 100, 2, answer)
            self.ended(by_number[number])
            self.assertEqual(self.value(by_number[number], "amount"), str(number * 2))


if __name__ == "__main__":
    unittest.main()
