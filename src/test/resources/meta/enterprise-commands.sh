# The calls of the meta API that InfluxDB Enterprise documents, one after the other, each followed by what it answers.
# "=> …" is the whole answer, "=~ …" what stands in it, "=> " alone an empty one.
curl --location-trusted -u "admin:changeit" -s http://localhost:8091/user
=~ "name":"admin","permissions":{"":["ViewAdmin","ViewChronograf","CreateDatabase","CreateUserAndRole","AddRemoveNode","DropDatabase","DropData","ReadData","WriteData","Rebalance","ManageShard","ManageContinuousQuery","ManageQuery","ManageSubscription","Monitor","CopyShard","KapacitorAPI","KapacitorConfigAPI"]}
curl --location-trusted -u "admin:changeit" -s -d '{"action":"create","user":{"name":"phantom2","password":"changeit"}}' http://localhost:8091/user
=> 
curl --location-trusted -u "admin:changeit" -s -d '{"action":"create","user":{"name":"phantom","password":"changeit"}}' http://localhost:8091/user
=> 
curl --location-trusted -u "admin:changeit" -s http://localhost:8091/user?name=phantom
=~ {"users":[{"hash":"$2
=~ ","name":"phantom"}]}
curl --location-trusted -u "admin:changeit" -s -d '{"action":"add-permissions","user":{"name":"phantom","permissions":{"":["ReadData", "WriteData"]}}}' http://localhost:8091/user
=> 
curl --location-trusted -u "admin:changeit" -s -d '{"action":"add-permissions","user":{"name":"phantom","permissions":{"MyDatabase":["ReadData","WriteData"]}}}' http://localhost:8091/user
=> 
curl --location-trusted -u "admin:changeit" -s http://localhost:8091/user?name=phantom
=~ ","name":"phantom","permissions":{"":["ReadData","WriteData"],"MyDatabase":["ReadData","WriteData"]}}]}
curl --location-trusted -u "admin:changeit" -s -d '{"action":"remove-permissions","user":{"name":"phantom","permissions":{"":["KapacitorConfigAPI"]}}}' http://localhost:8091/user
=> 
curl --location-trusted -u "admin:changeit" -s -d '{"action":"remove-permissions","user":{"name":"phantom","permissions":{"":["ReadData","WriteData"]}}}' http://localhost:8091/user
=> 
curl --location-trusted -u "admin:changeit" -s http://localhost:8091/user?name=phantom
=~ ","name":"phantom","permissions":{"MyDatabase":["ReadData","WriteData"]}}]}
curl --location-trusted -u "admin:changeit" -s -d '{"action":"delete","user":{"name":"phantom2"}}' http://localhost:8091/user
=> 
curl --location-trusted -u "admin:changeit" -s http://localhost:8091/user?name=phantom2
=> {"error":"user not found"}
curl --location-trusted -u "admin:changeit" -s -H "Content-Type: application/json" -d '{"action": "change-password", "user": {"name": "phantom", "password": "newpassword"}}' http://localhost:8091/user
=> 
curl --location-trusted -u "admin:changeit" -s http://localhost:8091/role
=> {}
curl --location-trusted -u "admin:changeit" -s -d '{"action":"create","role":{"name":"djinn"}}' http://localhost:8091/role
=> 
curl --location-trusted -u "admin:changeit" -s -d '{"action":"create","role":{"name":"spectre"}}' http://localhost:8091/role
=> 
curl --location-trusted -u "admin:changeit" -s http://localhost:8091/role
=> {"roles":[{"name":"djinn"},{"name":"spectre"}]}
curl --location-trusted -u "admin:changeit" -s http://localhost:8091/role?name=spectre
=> {"roles":[{"name":"spectre"}]}
curl --location-trusted -u "admin:changeit" -s -d '{"action":"add-permissions","role":{"name":"spectre","permissions":{"":["KapacitorAPI","KapacitorConfigAPI"]}}}' http://localhost:8091/role
=> 
curl --location-trusted -u "admin:changeit" -s -d '{"action":"add-permissions","role":{"name":"spectre","permissions":{"MyDatabase":["ReadData","WriteData"]}}}' http://localhost:8091/role
=> 
curl --location-trusted -u "admin:changeit" -s -d '{"action":"add-users","role":{"name":"spectre","users":["phantom"]}}' http://localhost:8091/role
=> 
curl --location-trusted -u "admin:changeit" -s http://localhost:8091/role?name=spectre
=> {"roles":[{"name":"spectre","permissions":{"":["KapacitorAPI","KapacitorConfigAPI"],"MyDatabase":["ReadData","WriteData"]},"users":["phantom"]}]}
curl --location-trusted -s -d '{"action":"remove-users","role":{"name":"spectre","users":["phantom"]}}' http://admin:changeit@localhost:8091/role
=> 
curl --location-trusted -u "admin:changeit" -s -d '{"action":"remove-permissions","role":{"name":"spectre","permissions":{"":["KapacitorConfigAPI"]}}}' http://localhost:8091/role
=> 
curl --location-trusted -u "admin:changeit" -s http://localhost:8091/role?name=spectre
=> {"roles":[{"name":"spectre","permissions":{"":["KapacitorAPI"],"MyDatabase":["ReadData","WriteData"]}}]}
curl --location-trusted -u "admin:changeit" -s -d '{"action":"delete","role":{"name":"spectre"}}' http://localhost:8091/role
=> 
curl --location-trusted -u "admin:changeit" -s http://localhost:8091/role?name=spectre
=> {"error":"role not found"}
curl -s --location-trusted -XPOST "http://localhost:8091/role" -u "admin:changeit" -H "Content-Type: application/json" --data-binary '{ "action": "create", "role": { "name": "east" } }'
=> 
curl -s --location-trusted -XPOST "http://localhost:8091/role" -u "admin:changeit" -H "Content-Type: application/json" --data-binary '{ "action": "create", "role": { "name": "west" } }'
=> 
curl -s --location-trusted -XPOST "http://localhost:8091/role" -u "admin:changeit" -H "Content-Type: application/json" --data-binary '{ "action": "add-permissions", "role": { "name": "east", "permissions": { "db1": ["ReadData", "WriteData"] } } }'
=> 
curl -s --location-trusted -XPOST "http://localhost:8091/role" -u "admin:changeit" -H "Content-Type: application/json" --data-binary '{ "action": "remove-permissions", "role": { "name": "east", "permissions": { "db1": ["ReadData", "WriteData"] } } }'
=> 
curl -s --location-trusted -XPOST "http://localhost:8091/role" -u "admin:changeit" -H "Content-Type: application/json" --data-binary '{ "action": "add-users", "role": { "name": "east", "users": ["user1", "ops"] } }'
=> 
curl -s --location-trusted -XPOST "http://localhost:8091/role" -u "admin:changeit" -H "Content-Type: application/json" --data-binary '{ "action": "delete", "role": { "name": "west" } }'
=> 
curl --location-trusted -s -u "admin:changeit" -XGET "http://localhost:8091/influxdb/v2/acl/restrictions"
=> {"restrictions":[]}
curl --location-trusted -s -XPOST "http://localhost:8091/influxdb/v2/acl/restrictions" -u "admin:changeit" -H "Content-Type: application/json" --data-binary '{ "database": {"match": "exact", "value": "my_database"}, "permissions": ["read", "write"] }'
=~ "database":{"match":"exact","value":"my_database"},"permissions":["read","write"]}
curl --location-trusted -s -XPOST "http://localhost:8091/influxdb/v2/acl/restrictions" -u "admin:changeit" -H "Content-Type: application/json" --data-binary '{ "database": {"match": "exact", "value": "my_database"}, "measurement": {"match": "exact", "value": "network"}, "permissions": ["read", "write"] }'
=~ "measurement":{"match":"exact","value":"network"}
curl --location-trusted -s -XPOST "http://localhost:8091/influxdb/v2/acl/restrictions" -u "admin:changeit" -H "Content-Type: application/json" --data-binary '{ "database": {"match": "exact", "value": "my_database"}, "measurement": {"match": "exact", "value": "network"}, "tags": [{"match": "exact", "key": "datacenter", "value": "east"}], "permissions": ["read", "write"] }'
=~ "tags":[{"match":"exact","key":"datacenter","value":"east"}]
for value in val1 val2; do curl --location-trusted -s -o /dev/null -w "%{http_code}" -XPOST "http://localhost:8091/influxdb/v2/acl/restrictions" -u "admin:changeit" --data-binary '{ "database": {"match": "exact", "value": "my_database"}, "measurement": {"match": "exact", "value": "network"}, "tags": [{"match": "exact", "key": "datacenter", "value": "'$value'"}], "permissions": ["read", "write"] }'; done
=> 200200
id=$(curl --location-trusted -s -u "admin:changeit" -XGET "http://localhost:8091/influxdb/v2/acl/restrictions" | grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4); curl --location-trusted -s -w "%{http_code}" -u "admin:changeit" -XDELETE "http://localhost:8091/influxdb/v2/acl/restrictions/$id"
=> 204
curl -s --location-trusted -XPOST "http://localhost:8091/influxdb/v2/acl/grants" -u "admin:changeit" -H "Content-Type: application/json" --data-binary '{ "database": {"match": "exact", "value": "my_database"}, "permissions": ["read", "write"], "users": [ {"name": "user1"}, {"name": "user2"} ] }'
=~ "permissions":["read","write"],"users":[{"name":"user1"},{"name":"user2"}]}
curl -s --location-trusted -XPOST "http://localhost:8091/influxdb/v2/acl/grants" -u "admin:changeit" -H "Content-Type: application/json" --data-binary '{ "database": {"match": "prefix", "value": "my_"}, "measurement": {"match": "prefix", "value": "net"}, "tags": [{"match": "prefix", "key": "datacenter", "value": "ea"}], "permissions": ["read"], "roles": [ {"name": "east"} ] }'
=~ "tags":[{"match":"prefix","key":"datacenter","value":"ea"}],"permissions":["read"],"roles":[{"name":"east"}]}
curl -s --location-trusted -u "admin:changeit" -XGET "http://localhost:8091/influxdb/v2/acl/grants"
=~ {"grants":[{"id":"
id=$(curl --location-trusted -s -u "admin:changeit" -XGET "http://localhost:8091/influxdb/v2/acl/grants" | grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4); curl --location-trusted -s -w "%{http_code}" -u "admin:changeit" -XDELETE "http://localhost:8091/influxdb/v2/acl/grants/$id"
=> 204
