-- Starts the server on the open file, waits for its diagnostics, applies the suppression, waits until it is silent, saves.
local function fail(message)
  io.stderr:write(message .. "\n")
  vim.cmd("cquit 1")
end

local config = { name = "unblame", cmd = { vim.env.UNBLAME, "lsp" }, root_dir = vim.fn.getcwd() }
local id
if vim.lsp.start then
  id = vim.lsp.start(config)
else -- before 0.8
  id = vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(0, id)
end
if not id then
  fail("the server did not start")
end

local function found()
  for _, one in ipairs(vim.diagnostic.get(0)) do
    if one.code == "BLM009" then
      return one
    end
  end
end

if not vim.wait(20000, function() return found() ~= nil end, 20) then
  fail("no diagnostics came")
end
local one = found()
io.stderr:write(string.format("diagnostic %s at %d:%d\n", one.code, one.lnum, one.col))

local client = vim.lsp.get_client_by_id(id)
vim.api.nvim_win_set_cursor(0, { one.lnum + 1, one.col })
local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
params.context = { diagnostics = {} }
local answer = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 20000)
for _, action in ipairs(answer and answer[id] and answer[id].result or {}) do
  if action.title:find("Allow BLM009", 1, true) then
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  end
end
local function changed()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n"):find("unblame allow", 1, true)
end
if not vim.wait(20000, changed, 20) then
  fail("the code action changed nothing")
end
if not vim.wait(20000, function() return found() == nil end, 20) then
  fail("the suppressed finding is still shown")
end
io.stderr:write("silenced\n")
vim.cmd("silent write")
vim.lsp.stop_client(id)
vim.cmd("qall!")
